using IndustryBrain.Sdk.Components;
using Xunit;

namespace IndustryBrain.Sdk.Testing.Conformance;

/// <summary>The rules that every component keeps, as facts of xunit.v3: inherit this class in a test project, one class a component.
/// A broken rule fails with a <see cref="ConformanceException"/>.</summary>
/// <typeparam name="TComponent">The component.</typeparam>
public abstract class ComponentConformance<TComponent>
    where TComponent : Component, new()
{
    /// <summary>Inputs that the component answers: records, anonymous objects or JSON. By default one, made of the examples in the component's input schema; the first file of <see cref="Prepare"/> stands where it asks for one.</summary>
    protected virtual IEnumerable<object> Inputs => [];

    /// <summary>Settings of the plugin; null for none.</summary>
    protected virtual object? Settings => null;

    /// <summary>Time that one call may take at most; default 10 seconds. A call that takes longer hangs.</summary>
    protected virtual TimeSpan CallLimit => TimeSpan.FromSeconds(10);

    /// <summary>Prepares what the component uses of the host: replies, files, secrets. Called for each host anew.</summary>
    protected virtual void Prepare(FakeHost host)
    {
    }

    private Subject Subject => new(typeof(TComponent), [.. Inputs], Prepare, Settings, CallLimit);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The inputs are answered; what else is asked of the component rests on that.</summary>
    [Fact]
    public Task Inputs_AreAnswered() => ExampleRule.CheckAsync(Subject, Ct);

    /// <summary>Input and output survive the way through JSON and fit their schemas, and so do the examples.</summary>
    [Fact]
    public Task Schemas_RoundTrip() => SchemaRule.CheckAsync(Subject, Ct);

    /// <summary>A cancelled call ends within a second: cancelled before it began, when it first uses the host, and while it computes.</summary>
    [Fact]
    public Task Cancellation_IsObeyedWithinASecond() => CancellationRule.CheckAsync(Subject, Ct);

    /// <summary>A call does not depend on the calls before and beside it, and leaves the process as it was.</summary>
    [Fact]
    public Task Calls_ShareNoState() => StateRule.CheckAsync(Subject, Ct);

    /// <summary>Where the component declares that equal input gives equal output, it does: in any culture and at any time.</summary>
    [Fact]
    public Task EqualInput_GivesEqualOutputWhereDeclared() => DeterminismRule.CheckAsync(Subject, Ct);

    /// <summary>Input that does not fit is answered with a code: no exception, no hanging.</summary>
    [Fact]
    public Task BadInput_IsAnsweredWithCodes() => BadInputRule.CheckAsync(Subject, Ct);

    /// <summary>After its last call the component's assembly can be unloaded.</summary>
    [Fact]
    public Task Unload_LeavesNothing() => UnloadRule.CheckAsync(Subject, Ct);
}
