using IndustryBrain.Web.Theming;

namespace IndustryBrain.Web.Views;

internal static class ToneGlyph
{
    /// <summary>The shape that says the same as the tone, for those who cannot tell the colour.</summary>
    internal static string Of(string tone) => tone switch
    {
        "success" => Glyphs.Check,
        "warning" => Glyphs.Warning,
        "error" => Glyphs.ErrorOctagon,
        "info" => Glyphs.Info,
        _ => Glyphs.Circle,
    };
}
