using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Runtime.Triggers;

/// <summary>One folder in which files arrive.</summary>
public sealed class TriggerFolderOptions : IValidatableObject
{
    /// <summary>Where it is: a full path, the same files on each host.</summary>
    [Required]
    public string Path { get; set; } = "";

    /// <summary>Ids of the organizations whose scenarios may take files there; <c>*</c> is every one, each of which gets each file.</summary>
    public IList<string> Organizations { get; } = [];

    /// <summary>What becomes of a file that has been taken: <c>move</c> into <see cref="MoveTo"/>, <c>delete</c>, or <c>leave</c>. Default: move.</summary>
    [AllowedValues("move", "delete", "leave")]
    public string Then { get; set; } = "move";

    /// <summary>Name of the folder inside it that taken files are moved to. Default <c>taken</c>.</summary>
    [RegularExpression(@"^[^/\\.][^/\\]*$")]
    public string MoveTo { get; set; } = "taken";

    internal bool Serves(string organization) => Organizations.Contains("*") || Organizations.Contains(organization);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!System.IO.Path.IsPathFullyQualified(Path))
            yield return new($"{nameof(Path)} is a full path.", [nameof(Path)]);
        if (Organizations.Count == 0)
            yield return new($"{nameof(Organizations)} names nobody; * is every organization.", [nameof(Organizations)]);
        if (Then != "leave" && (Organizations.Contains("*") || Organizations.Count > 1))
            yield return new($"{nameof(Then)} is leave where several organizations take the files.", [nameof(Then)]);
    }
}
