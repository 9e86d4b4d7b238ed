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
    private readonly ConcurrentDictionary<string, IFluidTemplate> _templates = new(StringComparer.Ordinal);

    public async ValueTask<Result<ExpressionValue>> EvaluateAsync(ExpressionRequest request, CancellationToken ct)
    {
        if (!Prepare(request.Source, request.IsScript).TryGet(out var template, out var failure))
            return failure;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct);
        ends.CancelAfter(limits.TimeoutMilliseconds);
        var context = new TemplateContext(_options);
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

    private Result<IFluidTemplate> Prepare(string source, bool isScript)
    {
        if (_templates.TryGetValue(source, out var known))
            return new(known);
        var limit = isScript ? limits.MaxScriptBytes : limits.MaxExpressionBytes;
        if (source.Length > limit || Encoding.UTF8.GetByteCount(source) > limit)
            return ExpressionFailures.TooLong(Encoding.UTF8.GetByteCount(source), limit);
        if (Math.Max(SourceNesting.Depth(source), TagNesting.Depth(source)) > limits.MaxNesting)
            return ExpressionFailures.TooNested(limits.MaxNesting);
        if (Parse(source, out var template) is { } error)
            return ExpressionFailures.Syntax(error.Length <= 400 ? error : error[..400], 0, 0);
        if (_templates.Count >= limits.CachedSources)
            _templates.Clear();
        return new(_templates[source] = new TemplateGuard(limits).VisitTemplate(template));
    }

    // Null, or what is wrong with the source.
    private string? Parse(string source, out IFluidTemplate template)
    {
        try
        {
            return _parser.TryParse(source, out template, out var error) ? null : error;
        }
        catch (Exception e) when (e is FluidException or ArithmeticException or FormatException)
        {
            // A number that no number holds.
            template = null!;
            return e.Message;
        }
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
}
