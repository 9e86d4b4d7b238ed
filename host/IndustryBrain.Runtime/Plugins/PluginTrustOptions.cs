using System.ComponentModel.DataAnnotations;
using IndustryBrain.Plugins.Audit;
using IndustryBrain.Plugins.Trust;

namespace IndustryBrain.Runtime.Plugins;

/// <summary>Whose packages may be installed.</summary>
public sealed class PluginTrustOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Trust";

    /// <summary>Folder with the keys that are trusted and the revocations, as <c>docs/security.md</c> describes; where it does not exist nobody is trusted by name.</summary>
    [Required]
    public string Folder { get; set; } = "trust";

    /// <summary>How far a package must be traced to somebody known; default Unsigned: any sound package, which then runs in the jail.</summary>
    [EnumDataType(typeof(TrustLevel))]
    public TrustLevel Required { get; set; } = TrustLevel.Unsigned;

    /// <summary>Findings of the static audit that are as grave or graver let a package be refused; default none: they are kept and shown.</summary>
    [EnumDataType(typeof(AuditSeverity))]
    public AuditSeverity? RefusedFindings { get; set; }

    /// <summary>Findings of the static audit that are kept with a version, the gravest first; the others are counted. Default 200.</summary>
    [Range(1, 10_000)]
    public int MaxFindings { get; set; } = 200;
}
