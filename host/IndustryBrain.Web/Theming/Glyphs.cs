namespace IndustryBrain.Web.Theming;

/// <summary>Line icons on a 24 × 24 grid as SVG path data; shown with <see cref="Glyph"/>.</summary>
public static class Glyphs
{
    /// <summary>Apps.</summary>
    public const string Apps = "M4 4h6.5v6.5H4z M13.5 4H20v6.5h-6.5z M4 13.5h6.5V20H4z M13.5 13.5H20V20h-6.5z";

    /// <summary>Bar chart.</summary>
    public const string BarChart = "M4 20h16 M7 20v-8 M12 20V5 M17 20v-5";

    /// <summary>Bell.</summary>
    public const string Bell = "M6 17v-6a6 6 0 0 1 12 0v6l1.5 1.5h-15z M10 21h4";

    /// <summary>Bolt.</summary>
    public const string Bolt = "M13 3L5 14h6l-1 7 8-11h-6z";

    /// <summary>Book.</summary>
    public const string Book = "M12 6.5C10 5 7 4.5 3.5 5v14c3.5-.5 6.5 0 8.5 1.5 2-1.5 5-2 8.5-1.5V5C17 4.5 14 5 12 6.5z M12 6.5V20.5";

    /// <summary>Branch.</summary>
    public const string Branch = "M4 12h5 M9 12c5 0 4-7 11-7 M9 12c5 0 4 7 11 7 M17 2.5L20 5l-3 2.5 M17 16.5L20 19l-3 2.5";

    /// <summary>Check.</summary>
    public const string Check = "M5 12.5l4.5 4.5L19 7";

    /// <summary>Chevron down.</summary>
    public const string ChevronDown = "M5 9l7 7 7-7";

    /// <summary>Chevron left.</summary>
    public const string ChevronLeft = "M15 5l-7 7 7 7";

    /// <summary>Chevron right.</summary>
    public const string ChevronRight = "M9 5l7 7-7 7";

    /// <summary>Chevron up.</summary>
    public const string ChevronUp = "M5 15l7-7 7 7";

    /// <summary>Circle.</summary>
    public const string Circle = "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z";

    /// <summary>Clock.</summary>
    public const string Clock = "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z M12 7.5V12l3 2.2";

    /// <summary>Close.</summary>
    public const string Close = "M6 6l12 12 M18 6L6 18";

    /// <summary>Coin.</summary>
    public const string Coin = "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z M9 8l3 4 3-4 M12 12v5 M9.5 12.5h5 M9.5 14.8h5";

    /// <summary>Copy.</summary>
    public const string Copy = "M8 8h12v12H8z M16 8V4H4v12h4";

    /// <summary>Delete.</summary>
    public const string Delete = "M5 7h14 M9 7V4h6v3 M7 7l1 13h8l1-13";

    /// <summary>Download.</summary>
    public const string Download = "M12 4v11 M7 10.5l5 5 5-5 M4 20h16";

    /// <summary>Edit.</summary>
    public const string Edit = "M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19z";

    /// <summary>Error octagon.</summary>
    public const string ErrorOctagon = "M8.3 3.5h7.4l4.8 4.8v7.4l-4.8 4.8H8.3l-4.8-4.8V8.3z M9 9l6 6 M15 9l-6 6";

    /// <summary>Eye.</summary>
    public const string Eye = "M2.5 12c2.5-4.5 6-6.5 9.5-6.5s7 2 9.5 6.5c-2.5 4.5-6 6.5-9.5 6.5S5 16.5 2.5 12z M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z";

    /// <summary>File.</summary>
    public const string File = "M6 3h8l4.5 4.5V21H6z M14 3v4.5h4.5";

    /// <summary>Filter.</summary>
    public const string Filter = "M3 5h18l-7 8.5V20l-4-2v-4.5z";

    /// <summary>First.</summary>
    public const string First = "M6 5v14 M18 5l-8 7 8 7";

    /// <summary>Flow.</summary>
    public const string Flow = "M3 4h7v6H3z M14 14h7v6h-7z M10 7h4.5a3 3 0 0 1 3 3v4";

    /// <summary>Fold.</summary>
    public const string Fold = "M4 5h16v14H4z M9.5 5v14 M16 9.5L13.5 12l2.5 2.5";

    /// <summary>Gauge.</summary>
    public const string Gauge = "M4 17a8.5 8.5 0 1 1 16 0 M12 15l4-5";

    /// <summary>Help.</summary>
    public const string Help = "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z M9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8 M12 16.5h.01";

    /// <summary>History.</summary>
    public const string History = "M4 12a8 8 0 1 0 2.5-5.8L4 8.5 M4 4v4.5h4.5 M12 8v4.5l3 1.8";

    /// <summary>Home.</summary>
    public const string Home = "M4 11l8-7 8 7v9h-5v-6H9v6H4z";

    /// <summary>Info.</summary>
    public const string Info = "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z M12 11v5.5 M12 7.8h.01";

    /// <summary>Key.</summary>
    public const string Key = "M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8z M11 12.5L20 3.5 M17 6.5l2.5 2.5 M14.5 9l2 2";

    /// <summary>Last.</summary>
    public const string Last = "M18 5v14 M6 5l8 7-8 7";

    /// <summary>Leaf.</summary>
    public const string Leaf = "M5 19c0-9 5-14 15-14 0 10-5 15-12 13 M5 21c1-5 4-8 8-10";

    /// <summary>Line chart.</summary>
    public const string LineChart = "M4 4v16h16 M7 15l4-5 3.5 3L20 6.5";

    /// <summary>Lock.</summary>
    public const string Lock = "M6 11h12v9H6z M8.5 11V8a3.5 3.5 0 0 1 7 0v3";

    /// <summary>Menu.</summary>
    public const string Menu = "M4 6.5h16 M4 12h16 M4 17.5h16";

    /// <summary>Moon.</summary>
    public const string Moon = "M20 14.5A8.5 8.5 0 1 1 9.5 4 7 7 0 0 0 20 14.5z";

    /// <summary>More.</summary>
    public const string More = "M5 12h.01 M12 12h.01 M19 12h.01";

    /// <summary>Note.</summary>
    public const string Note = "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z M12 11v5.5 M12 7.8h.01";

    /// <summary>Offline.</summary>
    public const string Offline = "M4 4l16 16 M8.500 16.200a5 5 0 0 1 7 0 M5.300 12.800a9.500 9.500 0 0 1 4-2.300 M14.500 10.400a9.500 9.500 0 0 1 4.200 2.400 M2.500 9.300a14 14 0 0 1 4-2.700 M11 5.500a14 14 0 0 1 10.500 3.800 M12 19.500h.01";

    /// <summary>Pause.</summary>
    public const string Pause = "M8 5v14 M16 5v14";

    /// <summary>People.</summary>
    public const string People = "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z M2.5 20c.6-4 3-6 6.5-6s5.9 2 6.5 6 M15.5 4.8a3.5 3.5 0 0 1 0 6.5 M17.5 14.5c2.3.7 3.6 2.6 4 5.5";

    /// <summary>Person.</summary>
    public const string Person = "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M4 21c.8-4.6 4-6.8 8-6.8s7.2 2.2 8 6.8";

    /// <summary>Play.</summary>
    public const string Play = "M7 5l12 7-12 7z";

    /// <summary>Plug.</summary>
    public const string Plug = "M9 3v5 M15 3v5 M6 8h12v3a6 6 0 0 1-12 0z M12 17v4";

    /// <summary>Plus.</summary>
    public const string Plus = "M12 5v14 M5 12h14";

    /// <summary>Pulse.</summary>
    public const string Pulse = "M3 12h4l2.5-7 4.5 14 2.5-7H21";

    /// <summary>Refresh.</summary>
    public const string Refresh = "M20 12a8 8 0 1 1-2.5-5.8L20 8.5 M20 4v4.5h-4.5";

    /// <summary>Ring.</summary>
    public const string Ring = "M12 4a8 8 0 1 1-8 8";

    /// <summary>Search.</summary>
    public const string Search = "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14z M16.2 16.2L21 21";

    /// <summary>Shield.</summary>
    public const string Shield = "M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6z";

    /// <summary>Shield check.</summary>
    public const string ShieldCheck = "M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6z M8.3 12l2.6 2.6 4.6-5";

    /// <summary>Slashed circle.</summary>
    public const string SlashedCircle = "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z M6.3 17.7L17.7 6.3";

    /// <summary>Sort.</summary>
    public const string Sort = "M8 4v16 M4.500 16.500L8 20l3.500-3.500 M16 20V4 M12.500 7.500L16 4l3.500 3.500";

    /// <summary>Store.</summary>
    public const string Store = "M4 10v10h16V10 M3 10l2-6h14l2 6z M10 20v-6h4v6";

    /// <summary>Sun.</summary>
    public const string Sun = "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z M12 2.5v2.5 M12 19v2.5 M2.5 12H5 M19 12h2.5 M5.3 5.3l1.8 1.8 M16.9 16.9l1.8 1.8 M5.3 18.7l1.8-1.8 M16.9 7.1l1.8-1.8";

    /// <summary>Table.</summary>
    public const string Table = "M3.5 5h17v14h-17z M3.5 10h17 M3.5 14.5h17 M9.5 5v14";

    /// <summary>Tag.</summary>
    public const string Tag = "M4 4h8l8.5 8.5-8 8L4 12z M8 8h.01";

    /// <summary>Task.</summary>
    public const string Task = "M5 4h14v16H5z M8.5 12l2.5 2.5 4.5-5";

    /// <summary>Timeline.</summary>
    public const string Timeline = "M4 5h8 M8 10h9 M6 15h7 M13 20h7";

    /// <summary>Truck.</summary>
    public const string Truck = "M3 6h11v10H3z M14 10h4l3 3v3h-7z M7 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4z M17 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4z";

    /// <summary>Upload.</summary>
    public const string Upload = "M12 16V5 M7 9.5l5-5 5 5 M4 20h16";

    /// <summary>Warning.</summary>
    public const string Warning = "M12 4L2.5 20h19z M12 10v4.5 M12 17.3h.01";

    /// <summary>Window.</summary>
    public const string Window = "M3.5 5h17v14h-17z M3.5 9.5h17 M6.5 7.3h.01 M9 7.3h.01";

    /// <summary>Wrench.</summary>
    public const string Wrench = "M14.5 9.5L4.5 19.5M20.5 7a5 5 0 0 1-6.8 5.3L9 17l-3 3-2-2 7.7-7.7A5 5 0 0 1 17 3.5l-2.7 2.7.5 3 3 .5z";

    /// <summary>The icon in the form that MudBlazor's icon parameters take.</summary>
    /// <param name="path">One of the constants above.</param>
    public static string Mud(string path) =>
        $"<path d=\"{path}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.7\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/>";
}
