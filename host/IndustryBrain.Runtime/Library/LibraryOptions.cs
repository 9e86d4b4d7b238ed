using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Runtime.Library;

/// <summary>Limits on what scenarios are called and on lists of them; section <c>Library</c> of the configuration.</summary>
public sealed class LibraryOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Library";

    /// <summary>Characters of a definition's id. Default 128.</summary>
    [Range(8, 450)]
    public int MaxIdLength { get; set; } = 128;

    /// <summary>Characters that an id may hold beside letters and digits, with one of which it begins. Default <c>-_.:</c> and the space.</summary>
    [Required]
    public string IdCharacters { get; set; } = "-_.: ";

    /// <summary>Characters of a name. Default 200.</summary>
    [Range(10, 10_000)]
    public int MaxNameLength { get; set; } = 200;

    /// <summary>Characters of a description or summary. Default 4 000.</summary>
    [Range(10, 100_000)]
    public int MaxDescriptionLength { get; set; } = 4_000;

    /// <summary>Versions of a scenario that a list shows, the latest ones. Default 100.</summary>
    [Range(1, 10_000)]
    public int ShownVersions { get; set; } = 100;
}
