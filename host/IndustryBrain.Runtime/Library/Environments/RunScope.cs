namespace IndustryBrain.Runtime.Library.Environments;

/// <summary>An environment of an organization: what runs in it share, and those of the other one have no part in. Triggers, events that are waited for and limits of starts are kept under its key.</summary>
internal readonly record struct RunScope(string Organization, string Environment)
{
    // No organization has it in its id.
    private const char Separator = '/';

    /// <summary>The organization itself for production, so that what was there before there were environments is production's.</summary>
    public string Key => KeyOf(Organization, Environment);

    public static string KeyOf(string organization, string? environment) =>
        environment is null or ScenarioEnvironments.Production ? organization : $"{organization}{Separator}{environment}";

    /// <summary>The scope of a key.</summary>
    public static RunScope Parse(string key) =>
        key.IndexOf(Separator, StringComparison.Ordinal) is > 0 and var at ? new(key[..at], key[(at + 1)..]) : new(key, ScenarioEnvironments.Production);

    /// <summary>The keys of one environment of an organization; of all of them for null.</summary>
    public static string[] Keys(string organization, string? environment) =>
        environment is null ? [.. ScenarioEnvironments.All.Select(e => KeyOf(organization, e))] : [KeyOf(organization, environment)];
}
