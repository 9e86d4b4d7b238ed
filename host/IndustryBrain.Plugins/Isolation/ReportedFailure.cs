using System.Text.RegularExpressions;
using IndustryBrain.Plugins.Isolation.Wire;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Isolation;

/// <summary>A failure as a worker reports it: people read it, and programs its code.</summary>
internal static partial class ReportedFailure
{
    /// <summary>The failure with its texts as lines; IB1216 when its code is none.</summary>
    public static Failure Of(Failure reported, string componentId) => !Code().IsMatch(reported.Code) ? PluginFailures.CodeInvalid(componentId) : reported with
    {
        Message = Line(reported.Message),
        Where = reported.Where is { } where ? OneLine.Of(where) : null,
        Action = reported.Action is { } action ? Line(action) : null,
    };

    private static LocalizedText Line(LocalizedText text) => new(OneLine.Of(text.Zh), OneLine.Of(text.En));

    // Of the platform, or of a plugin: its id and a name.
    [GeneratedRegex(@"^(IB[A-Z]?[0-9]{4}|[A-Za-z0-9][A-Za-z0-9._-]{0,99}:[A-Za-z0-9][A-Za-z0-9._-]{0,99})\z")]
    private static partial Regex Code();
}
