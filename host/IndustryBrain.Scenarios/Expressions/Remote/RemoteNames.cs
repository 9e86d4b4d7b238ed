namespace IndustryBrain.Scenarios.Expressions.Remote;

/// <summary>Members of the JSON that host and expression worker exchange. They are built together: there are no versions.</summary>
internal static class RemoteNames
{
    public const string Run = "run";
    public const string Expressions = "expressions";
    public const string Language = "language";
    public const string Source = "source";
    public const string IsScript = "script";
    public const string Variables = "variables";
    public const string Inputs = "inputs";
    public const string InputNames = "inputNames";
    public const string Outputs = "outputs";
    public const string Accessors = "accessors";
    public const string LastResult = "lastResult";
    public const string Name = "name";
    public const string Type = "type";
    public const string Value = "value";
    public const string Results = "results";
    public const string Changes = "changes";
    public const string Outcomes = "outcomes";
    public const string Failure = "failure";
    public const string Missing = "missing";
    public const string CorrelationId = "correlationId";
}
