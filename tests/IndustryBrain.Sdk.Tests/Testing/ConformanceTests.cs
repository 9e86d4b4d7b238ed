using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Testing;
using IndustryBrain.Sdk.Testing.Conformance;

namespace IndustryBrain.Sdk.Tests.Testing;

/// <summary>Each rule is broken by a component that breaks nothing else that its message could be about; the message says what and how to mend it.</summary>
public sealed class ConformanceTests
{
    [Fact]
    public async Task Inputs_RequiredInputWithoutExample_NamesItAndAsksForExamples() =>
        await BreaksAsync<Unexplained>(s => s.Inputs_AreAnswered(), "IB7101", "[Example]");

    [Fact]
    public async Task Inputs_OverriddenInputs_AreTaken() =>
        await new Suite<Unexplained>(["""{"text":"a"}"""]).Inputs_AreAnswered();

    [Fact]
    public async Task Schemas_OutputThatCannotBeReadBack_NamesTheMember() =>
        await BreaksAsync<WriteOnly>(s => s.Schemas_RoundTrip(), "$.volume", "init");

    [Fact]
    public async Task Schemas_ExampleOutsideItsRange_NamesTheExample() =>
        await BreaksAsync<OutOfRange>(s => s.Schemas_RoundTrip(), "120", "[Example]");

    [Fact]
    public async Task Schemas_InputMemberThatTheRecordLacks_IsNamed() =>
        await BreaksAsync<Volume>(s => s.Schemas_RoundTrip(), "$.are", "VolumeInput", """{"area":1,"depth":1,"are":2}""");

    [Fact]
    public async Task Cancellation_TokenNotPassedToTheHost_SaysWhen() =>
        await BreaksAsync<DropsToken>(s => s.Cancellation_IsObeyedWithinASecond(), "while it waited for the host", "Pass the cancellationToken on");

    [Fact]
    public async Task Cancellation_ComputationThatNeverLooks_SaysWhen()
    {
        using var end = NeverLooks.Begin();

        await BreaksAsync<NeverLooks>(s => s.Cancellation_IsObeyedWithinASecond(), "before it began", "ThrowIfCancellationRequested");
    }

    [Fact]
    public async Task State_CallsThatAreCounted_ShowTheDifference() =>
        await BreaksAsync<Counts>(s => s.Calls_ShareNoState(), "$.text: \"1\" → \"2\"", "ConfigureAsync");

    [Fact]
    public async Task State_CountedInAStatic_WhoseResultsMayChange_NamesTheField() =>
        await BreaksAsync<CountsAll>(s => s.Calls_ShareNoState(), "static field CountsAll._calls", "ConfigureAsync");

    [Fact]
    public async Task State_BadInputThatIsRemembered_IsFoundOut() =>
        await BreaksAsync<Sulks>(s => s.Calls_ShareNoState(), "after input that it refused", "fields or statics");

    [Fact]
    public async Task State_CurrentDirectoryChanged_NamesBoth()
    {
        var before = Environment.CurrentDirectory;
        try
        {
            await BreaksAsync<ChangesFolder>(s => s.Calls_ShareNoState(), "current directory", "arguments");
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [Fact]
    public async Task Determinism_Culture_IsFoundOut() =>
        await BreaksAsync<SpeaksLocally>(s => s.EqualInput_GivesEqualOutputWhereDeclared(), "de-DE", "InvariantCulture");

    [Fact]
    public async Task Determinism_Clock_IsFoundOut() =>
        await BreaksAsync<KnowsTheYear>(s => s.EqualInput_GivesEqualOutputWhereDeclared(), "tr-TR, +400 d", "IsDeterministic = false");

    [Fact]
    public async Task Determinism_NotDeclared_IsNotAsked() =>
        await new Suite<OfTheMoment>().EqualInput_GivesEqualOutputWhereDeclared();

    [Fact]
    public async Task BadInput_Exception_NamesInputAndException() =>
        await BreaksAsync<Throws>(s => s.BadInput_IsAnsweredWithCodes(), "{\"list\":[]}", "IndexOutOfRangeException");

    [Fact]
    public async Task BadInput_Hanging_NamesTheInput() =>
        await BreaksAsync<Hangs>(s => s.BadInput_IsAnsweredWithCodes(), "within 0.3 s", "[Range]");

    [Fact]
    public async Task BadInput_FailureWithoutACode_NamesIt() =>
        await BreaksAsync<Mumbles>(s => s.BadInput_IsAnsweredWithCodes(), "“oops”", "Refusals");

    [Fact]
    public async Task BadInput_FailureInOneLanguage_NamesIt() =>
        await BreaksAsync<SpeaksOneLanguage>(s => s.BadInput_IsAnsweredWithCodes(), "Acme:EMPTY", "LocalizedText");

    [Fact]
    public async Task Unload_StaticEvent_IsFoundOut() =>
        await BreaksAsync<Leaks>(s => s.Unload_LeavesNothing(), "IndustryBrain.Sdk.Tests", "AppDomain");

    private static async Task BreaksAsync<T>(Func<ComponentConformance<T>, Task> rule, string what, string how, string? input = null)
        where T : Component, new()
    {
        var broken = await Assert.ThrowsAsync<ConformanceException>(() => rule(new Suite<T>(input is null ? [] : [input])));

        Assert.Contains(what, broken.Message, StringComparison.Ordinal);
        Assert.Contains(how, broken.Message, StringComparison.Ordinal);
        Assert.All([broken.Broken.Zh, broken.Broken.En, broken.Mend.Zh, broken.Mend.En], t => Assert.False(string.IsNullOrWhiteSpace(t)));
    }

    private sealed class Suite<T>(IReadOnlyList<object>? inputs = null) : ComponentConformance<T>
        where T : Component, new()
    {
        protected override IEnumerable<object> Inputs => inputs ?? [];

        protected override TimeSpan CallLimit => typeof(T) == typeof(Hangs) ? TimeSpan.FromSeconds(0.3) : base.CallLimit;

        protected override void Prepare(FakeHost host) => host.Http.Reply("GET https://api.acme.com/rain", "{}");
    }
}
