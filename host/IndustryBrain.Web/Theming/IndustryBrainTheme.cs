using MudBlazor;

namespace IndustryBrain.Web.Theming;

/// <summary>The look as MudBlazor sees it. What MudBlazor has no name for stands as <c>--ib-*</c> variables in <c>css/tokens.css</c> with the same values.</summary>
public static class IndustryBrainTheme
{
    private static readonly string[] Sans = ["\"Segoe UI\"", "-apple-system", "\"PingFang SC\"", "\"Noto Sans CJK SC\"", "\"Noto Sans SC\"", "\"Microsoft YaHei\"", "sans-serif"];

    /// <summary>The theme, light and dark.</summary>
    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = Light(),
        PaletteDark = Dark(),
        Typography = Type(),
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px", AppbarHeight = "48px", DrawerWidthLeft = "240px" },
        Shadows = Elevations(),
    };

    private static PaletteLight Light() => new()
    {
        Background = "#F4F6F7",
        Surface = "#FFFFFF",
        AppbarBackground = "#FFFFFF",
        DrawerBackground = "#FFFFFF",
        BackgroundGray = "#ECEFF1",
        TableStriped = "#ECEFF1",
        TextPrimary = "#16202A",
        AppbarText = "#16202A",
        TextSecondary = "#4A5763",
        DrawerText = "#4A5763",
        DrawerIcon = "#4A5763",
        ActionDefault = "#4A5763",
        Secondary = "#4A5763",
        GrayDefault = "#5B6874",
        TextDisabled = "#98A3AD",
        ActionDisabled = "#98A3AD",
        ActionDisabledBackground = "#ECEFF1",
        LinesDefault = "#DDE2E6",
        TableLines = "#DDE2E6",
        Divider = "#DDE2E6",
        LinesInputs = "#84909B",
        Primary = "#0B6077",
        PrimaryContrastText = "#FFFFFF",
        PrimaryDarken = "#084A5C",
        PrimaryLighten = "#E3F0F3",
        TableHover = "#E3F0F3",
        Tertiary = "#5F4BB0",
        Info = "#0B6BB8",
        Success = "#1A7446",
        Warning = "#8F5A00",
        Error = "#BC2B37",
        Dark = "#55626E",
    };

    private static PaletteDark Dark() => new()
    {
        Background = "#0E1418",
        Surface = "#161D22",
        AppbarBackground = "#161D22",
        DrawerBackground = "#161D22",
        BackgroundGray = "#1E272D",
        TableStriped = "#1E272D",
        TextPrimary = "#E3E9ED",
        AppbarText = "#E3E9ED",
        TextSecondary = "#A9B5BE",
        DrawerText = "#A9B5BE",
        DrawerIcon = "#A9B5BE",
        ActionDefault = "#A9B5BE",
        Secondary = "#A9B5BE",
        GrayDefault = "#8A97A1",
        TextDisabled = "#56636D",
        ActionDisabled = "#56636D",
        ActionDisabledBackground = "#1E272D",
        LinesDefault = "#2A353C",
        TableLines = "#2A353C",
        Divider = "#2A353C",
        LinesInputs = "#6B7984",
        Primary = "#58B7CB",
        PrimaryContrastText = "#04222A",
        PrimaryDarken = "#7FCBDB",
        PrimaryLighten = "#12323B",
        TableHover = "#12323B",
        Tertiary = "#A797F0",
        Info = "#6CB2EE",
        Success = "#62C18C",
        Warning = "#E0AC4E",
        Error = "#F08A90",
        Dark = "#A0ADB7",
        InfoContrastText = "#0B1216",
        SuccessContrastText = "#0B1216",
        WarningContrastText = "#0B1216",
        ErrorContrastText = "#0B1216",
        DarkContrastText = "#0B1216",
    };

    private static Typography Type() => new()
    {
        Default = new DefaultTypography { FontFamily = Sans, FontSize = "14px", FontWeight = "400", LineHeight = "22px", LetterSpacing = "normal", TextTransform = "none" },
        H4 = new H4Typography { FontFamily = Sans, FontSize = "28px", FontWeight = "600", LineHeight = "36px", LetterSpacing = "normal" },
        H5 = new H5Typography { FontFamily = Sans, FontSize = "20px", FontWeight = "600", LineHeight = "28px", LetterSpacing = "normal" },
        H6 = new H6Typography { FontFamily = Sans, FontSize = "16px", FontWeight = "600", LineHeight = "24px", LetterSpacing = "normal" },
        Subtitle1 = new Subtitle1Typography { FontFamily = Sans, FontSize = "14px", FontWeight = "400", LineHeight = "22px", LetterSpacing = "normal" },
        Subtitle2 = new Subtitle2Typography { FontFamily = Sans, FontSize = "14px", FontWeight = "600", LineHeight = "22px", LetterSpacing = "normal" },
        Body1 = new Body1Typography { FontFamily = Sans, FontSize = "14px", FontWeight = "400", LineHeight = "22px", LetterSpacing = "normal" },
        Body2 = new Body2Typography { FontFamily = Sans, FontSize = "13px", FontWeight = "400", LineHeight = "20px", LetterSpacing = "normal" },
        Caption = new CaptionTypography { FontFamily = Sans, FontSize = "12px", FontWeight = "400", LineHeight = "18px", LetterSpacing = "normal" },
        Button = new ButtonTypography { FontFamily = Sans, FontSize = "14px", FontWeight = "400", LineHeight = "20px", LetterSpacing = "normal", TextTransform = "none" },
    };

    private static Shadow Elevations()
    {
        var shadow = new Shadow();
        for (var i = 1; i < shadow.Elevation.Length; i++)
            shadow.Elevation[i] = i <= 8 ? "var(--ib-shadow)" : "var(--ib-shadow-large)";
        return shadow;
    }
}
