using System.ComponentModel.DataAnnotations;
using System.Globalization;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Sdk.Tests.Testing;

public sealed record Text([property: Label("文本", "Text"), Example("\"a\"")] string Value = "a");

public sealed record Optional([property: Label("文本", "Text"), Example("\"a\"")] string? Value = null);

public sealed record Said(string Text);

public sealed record Bare(string Text);

public sealed record Percentage([property: Range(0, 100), Example("120")] double Share);

public sealed record Values([property: Example("[1,2]")] IReadOnlyList<double> List);

/// <summary>A component that answers by one function.</summary>
public abstract class Breaker<TInput> : ToolComponent<TInput, Said>
    where TInput : notnull
{
    protected override ValueTask<Result<Said>> RunAsync(TInput input, ComponentContext context, CancellationToken cancellationToken) => new(Answer(input, context));

    protected virtual Result<Said> Answer(TInput input, ComponentContext context) => new Said("ok");
}

[Component("bad.unexplained")]
public sealed class Unexplained : Breaker<Bare>;

[Component("bad.out-of-range")]
public sealed class OutOfRange : Breaker<Percentage>;

[Component("bad.write-only")]
public sealed class WriteOnly : ToolComponent<Text, Filled>
{
    protected override ValueTask<Result<Filled>> RunAsync(Text input, ComponentContext context, CancellationToken cancellationToken) => new(Filled.With(7));
}

public sealed class Filled
{
    public double Volume { get; private set; }

    public static Filled With(double volume) => new() { Volume = volume };
}

[Component("bad.drops-token")]
public sealed class DropsToken : ToolComponent<Text, Said>
{
    protected override async ValueTask<Result<Said>> RunAsync(Text input, ComponentContext context, CancellationToken cancellationToken)
    {
        _ = await context.Http.GetAsync(new("https://api.acme.com/rain"), CancellationToken.None);
        return new Said("ok");
    }
}

[Component("bad.never-looks")]
public sealed class NeverLooks : Breaker<Text>
{
    private static readonly ManualResetEventSlim Ended = new(true);

    /// <summary>From now on calls take until the end of the test; only the first ends at once.</summary>
    public static IDisposable Begin()
    {
        Ended.Reset();
        return new End();
    }

    protected override Result<Said> Answer(Text input, ComponentContext context)
    {
        if (Interlocked.Increment(ref _calls) > 1)
        {
            Ended.Wait(CancellationToken.None);
        }

        return new Said("ok");
    }

    private static int _calls;

    private sealed class End : IDisposable
    {
        public void Dispose() => Ended.Set();
    }
}

[Component("bad.counts")]
public sealed class Counts : Breaker<Text>
{
    private int _calls;

    protected override Result<Said> Answer(Text input, ComponentContext context) => new Said(Interlocked.Increment(ref _calls).ToString(CultureInfo.InvariantCulture));
}

[Component("bad.counts-all", IsDeterministic = false)]
public sealed class CountsAll : Breaker<Text>
{
    private static int _calls;

    protected override Result<Said> Answer(Text input, ComponentContext context) => new Said(Interlocked.Increment(ref _calls).ToString(CultureInfo.InvariantCulture));
}

[Component("bad.sulks")]
public sealed class Sulks : Breaker<Optional>
{
    private volatile bool _isOffended;

    protected override Result<Said> Answer(Optional input, ComponentContext context)
    {
        _isOffended |= input.Value is null;
        return new Said(_isOffended ? "no" : "ok");
    }
}

[Component("bad.changes-folder")]
public sealed class ChangesFolder : Breaker<Text>
{
    protected override Result<Said> Answer(Text input, ComponentContext context)
    {
        Environment.CurrentDirectory = Path.GetTempPath();
        return new Said("ok");
    }
}

[Component("bad.speaks-locally")]
public sealed class SpeaksLocally : Breaker<Text>
{
    protected override Result<Said> Answer(Text input, ComponentContext context) => new Said(1.5.ToString(CultureInfo.CurrentCulture));
}

[Component("bad.knows-the-year")]
public sealed class KnowsTheYear : Breaker<Text>
{
    protected override Result<Said> Answer(Text input, ComponentContext context) => new Said(context.Time.GetUtcNow().Year.ToString(CultureInfo.InvariantCulture));
}

[Component("good.of-the-moment", IsDeterministic = false)]
public sealed class OfTheMoment : Breaker<Text>
{
    protected override Result<Said> Answer(Text input, ComponentContext context) => new Said(context.Time.GetTimestamp().ToString(CultureInfo.InvariantCulture));
}

[Component("bad.throws")]
public sealed class Throws : Breaker<Values>
{
    protected override Result<Said> Answer(Values input, ComponentContext context) => new Said(input.List.ToArray()[0].ToString(CultureInfo.InvariantCulture));
}

[Component("bad.hangs")]
public sealed class Hangs : ToolComponent<Values, Said>
{
    protected override async ValueTask<Result<Said>> RunAsync(Values input, ComponentContext context, CancellationToken cancellationToken)
    {
        if (input.List.Count != 2)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, CancellationToken.None);
        }

        return new Said("ok");
    }
}

[Component("bad.mumbles")]
public sealed class Mumbles : Breaker<Values>
{
    protected override Result<Said> Answer(Values input, ComponentContext context) =>
        input.List.Count == 0 ? new Failure("oops", LocalizedText.Same("Empty.")) : new Said("ok");
}

[Component("bad.speaks-one-language")]
public sealed class SpeaksOneLanguage : Breaker<Values>
{
    protected override Result<Said> Answer(Values input, ComponentContext context) =>
        input.List.Count == 0 ? new Failure("Acme:EMPTY", new("", "Empty.")) : new Said("ok");
}

[Component("bad.leaks")]
public sealed class Leaks : Breaker<Text>
{
    public Leaks() => AppDomain.CurrentDomain.ProcessExit += OnExit;

    private static void OnExit(object? sender, EventArgs e)
    {
    }
}
