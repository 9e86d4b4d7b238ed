namespace IndustryBrain.Plugins.Audit;

/// <summary>How grave a finding is; the names are those of SARIF's levels.</summary>
public enum AuditSeverity
{
    /// <summary>Worth knowing.</summary>
    Note,

    /// <summary>Somebody should look at it before the package is published.</summary>
    Warning,

    /// <summary>The package should not be published.</summary>
    Error,
}
