namespace IndustryBrain.Runtime.Seeding;

/// <summary>Where the plugins and scenarios that come with the program are found; section <c>Bundled</c>.</summary>
public sealed class SeedOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Bundled";

    /// <summary>Folder of plugin packages (<c>*.nupkg</c>). Default: <c>plugins</c> beside the program.</summary>
    public string Plugins { get; set; } = Path.Combine(AppContext.BaseDirectory, "plugins");

    /// <summary>Folder of scenario folders, each with a <c>definition.json</c>. Default: <c>scenarios</c> beside the program.</summary>
    public string Scenarios { get; set; } = Path.Combine(AppContext.BaseDirectory, "scenarios");

    /// <summary>True imports and publishes the scenarios into organization <c>demo</c> at each start; false only offers them. Default: true in Development, else false.</summary>
    public bool? Publish { get; set; }
}
