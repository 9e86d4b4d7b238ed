namespace IndustryBrain.Plugins.Capabilities.DataSets;

/// <summary>On whose behalf a data set is used.</summary>
/// <param name="Organization">Whose it is.</param>
/// <param name="RunId">The run that uses it, which reads one version throughout; null outside of a run.</param>
public sealed record DataSetScope(string Organization, Guid? RunId);
