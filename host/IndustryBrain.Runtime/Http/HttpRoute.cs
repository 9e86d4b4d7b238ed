using System.Globalization;
using IndustryBrain.Scenarios.Definitions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.AspNetCore.Routing.Template;

namespace IndustryBrain.Runtime.Http;

/// <summary>A path with parameters, as ASP.NET writes and matches it.</summary>
internal sealed class HttpRoute
{
    private readonly TemplateMatcher _matcher;
    private readonly IReadOnlyList<(string Parameter, IRouteConstraint Constraint)> _constraints;

    private HttpRoute(RouteTemplate template, IReadOnlyList<(string, IRouteConstraint)> constraints)
    {
        _matcher = new(template, []);
        _constraints = constraints;
        Parameters = [.. template.Parameters.Select(p => p.Name!)];
        Precedence = RoutePrecedence.ComputeInbound(template);
        Shape = string.Join('/', template.Segments.Select(s => string.Concat(s.Parts.Select(ShapeOf)))).ToUpperInvariant();
    }

    /// <summary>Of several routes that match, the least is meant.</summary>
    public decimal Precedence { get; }

    /// <summary>Equal for routes that match the same paths: without the names of parameters.</summary>
    public string Shape { get; }

    /// <summary>The names of its parameters.</summary>
    public IReadOnlyList<string> Parameters { get; }

    /// <summary>Reads a path; null when it is no route.</summary>
    public static HttpRoute? Parse(string path)
    {
        try
        {
            var template = TemplateParser.Parse(path.Trim().Trim('/'));
            List<(string, IRouteConstraint)> constraints = [];
            foreach (var parameter in template.Parameters)
            {
                foreach (var inline in parameter.InlineConstraints)
                {
                    if (ConstraintOf(inline.Constraint) is not { } constraint)
                        return null;
                    constraints.Add((parameter.Name!, parameter.IsOptional ? new OptionalRouteConstraint(constraint) : constraint));
                }
            }

            return new(template, constraints);
        }
        catch (Exception e) when (e is ArgumentException or RouteCreationException or FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>The values of the parameters; null when the path is another one.</summary>
    public RouteValueDictionary? Match(string path)
    {
        var values = new RouteValueDictionary();
        return _matcher.TryMatch(new PathString("/" + path), values) && _constraints.All(c => c.Constraint.Match(null, null, c.Parameter, values, RouteDirection.IncomingRequest)) ? values : null;
    }

    private static string ShapeOf(TemplatePart part) => !part.IsParameter
        ? part.Text!
        : $"{{{(part.IsCatchAll ? "*" : "")}{string.Concat(part.InlineConstraints.Select(c => ":" + c.Constraint))}{(part.IsOptional ? "?" : "")}}}";

    // Those that need no text of somebody's own to be run: a regular expression would be a program.
    private static IRouteConstraint? ConstraintOf(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var (name, arguments) = open < 0 ? (text, Array.Empty<string>()) : (text[..open], text[(open + 1)..].TrimEnd(')').Split(',', StringSplitOptions.TrimEntries));
        int Number(int index) => int.Parse(arguments[index], CultureInfo.InvariantCulture);
        long Long(int index) => long.Parse(arguments[index], CultureInfo.InvariantCulture);
        return (name.ToUpperInvariant(), arguments.Length) switch
        {
            ("INT", 0) => new IntRouteConstraint(),
            ("LONG", 0) => new LongRouteConstraint(),
            ("GUID", 0) => new GuidRouteConstraint(),
            ("BOOL", 0) => new BoolRouteConstraint(),
            ("DATETIME", 0) => new DateTimeRouteConstraint(),
            ("DECIMAL", 0) => new DecimalRouteConstraint(),
            ("DOUBLE", 0) => new DoubleRouteConstraint(),
            ("FLOAT", 0) => new FloatRouteConstraint(),
            ("ALPHA", 0) => new AlphaRouteConstraint(),
            ("REQUIRED", 0) => new RequiredRouteConstraint(),
            ("LENGTH", 1) => new LengthRouteConstraint(Number(0)),
            ("LENGTH", 2) => new LengthRouteConstraint(Number(0), Number(1)),
            ("MINLENGTH", 1) => new MinLengthRouteConstraint(Number(0)),
            ("MAXLENGTH", 1) => new MaxLengthRouteConstraint(Number(0)),
            ("MIN", 1) => new MinRouteConstraint(Long(0)),
            ("MAX", 1) => new MaxRouteConstraint(Long(0)),
            ("RANGE", 2) => new RangeRouteConstraint(Long(0), Long(1)),
            _ => null,
        };
    }
}
