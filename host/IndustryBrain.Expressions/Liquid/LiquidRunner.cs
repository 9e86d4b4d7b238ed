using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Fluid;
using IndustryBrain.Expressions.CSharp;
using IndustryBrain.Scenarios.Expressions;
using IndustryBrain.Sdk;

namespace IndustryBrain.Expressions.Liquid;

/// <summary>Parsed templates by content. Apart from the evaluator, so that a run without Liquid loads no parser.</summary>
internal sealed class LiquidRunner(ExpressionLimits limits)
{
    // There are no other templates to take in; tags within one tag would escape the count of their depth.
    private static readonly string[] Refused = ["include", "render", "liquid"];

    private readonly FluidParser _parser = Parser();
    private readonly TemplateOptions _options = Options(limits);
    private readonly ConcurrentDictionary<string, Parsed> _templates = new(StringComparer.Ordinal);

    public async ValueTask<Result<ExpressionValue>> EvaluateAsync(ExpressionRequest request, CancellationToken ct)
    {
        if (!Prepare(request.Source, request.IsScript).TryGet(out var prepared, out var failure))
            return failure;
        if (prepared.Template is not { } template)
            return new ExpressionValue(prepared.Error);
        using var ends = new ScriptTime(limits.TimeoutMilliseconds, ct);
        var time = request.Scope.Time;
        var context = new TemplateContext(_options) { Now = () => time.GetUtcNow() };
        LiquidValues.Define(context, request.Scope);
        context.AmbientValues[LiquidFilters.TokenKey] = ends.Token;
        try
        {
            using var text = new BoundedWriter(limits.MaxElements, ends.Token);
            await template.RenderAsync(text, NullEncoder.Default, context).ConfigureAwait(false);
            return new ExpressionValue(text.ToString());
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return ExpressionFailures.Timeout(limits.TimeoutMilliseconds);
        }
        catch (Exception e) when (e is TextTooLongException or OutOfMemoryException)
        {
            return ExpressionFailures.Memory();
        }
        catch (InsufficientExecutionStackException)
        {
            return ExpressionFailures.Recursion();
        }
        catch (InvalidOperationException e) when (e.Message.StartsWith("The maximum ", StringComparison.Ordinal))
        {
            return ExpressionFailures.Statements(limits.MaxStatements);
        }
        catch (Exception e) when (e is FluidException or InvalidOperationException or FormatException or ArithmeticException or ArgumentException or InvalidCastException or IndexOutOfRangeException
            or NotSupportedException or NotImplementedException or NullReferenceException or System.Text.Json.JsonException or FileNotFoundException)
        {
            return ExpressionFailures.Script(e.Message.Length <= 400 ? e.Message : e.Message[..400]);
        }
    }

    private Result<Parsed> Prepare(string source, bool isScript)
    {
        if (_templates.TryGetValue(source, out var known))
            return known;
        var limit = isScript ? limits.MaxScriptBytes : limits.MaxExpressionBytes;
        if (source.Length > limit || Encoding.UTF8.GetByteCount(source) > limit)
            return ExpressionFailures.TooLong(Encoding.UTF8.GetByteCount(source), limit);
        if (Math.Max(SourceNesting.Depth(source), TagNesting.Depth(source)) > limits.MaxNesting)
            return ExpressionFailures.TooNested(limits.MaxNesting);
        var isParsed = _parser.TryParse(source, out var template, out var error);
        error = error is null || error.Length <= 400 ? error : error[..400];
        if (!isParsed && Array.Exists(Refused, tag => error!.StartsWith($"Unknown tag '{tag}'", StringComparison.Ordinal)))
            return ExpressionFailures.Syntax(error!, 0, 0);
        if (_templates.Count >= limits.CachedSources)
            _templates.Clear();
        return _templates[source] = isParsed ? new Parsed(new TemplateGuard(limits).VisitTemplate(template), null) : new Parsed(null, error);
    }

    private static FluidParser Parser()
    {
        var parser = new FluidParser(new FluidParserOptions { AllowFunctions = false, AllowLiquidTag = false });
        foreach (var tag in Refused)
            parser.RegisteredTags.Remove(tag);
        return parser;
    }

    private static TemplateOptions Options(ExpressionLimits limits)
    {
        var options = new TemplateOptions
        {
            MaxSteps = limits.MaxStatements,
            MaxRecursion = limits.MaxRecursion,
            CultureInfo = CultureInfo.InvariantCulture,
            TimeZone = TimeZoneInfo.Utc,
        };
        LiquidFilters.Guard(options.Filters, limits);
        return options;
    }

    /// <summary>A template, or what is wrong with its source: as in Elsa, that is its text then.</summary>
    private sealed record Parsed(IFluidTemplate? Template, string? Error);
}
