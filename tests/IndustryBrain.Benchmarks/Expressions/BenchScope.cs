using IndustryBrain.Scenarios.Expressions;

namespace IndustryBrain.Benchmarks.Expressions;

/// <summary>A scope of one variable.</summary>
internal sealed class BenchScope : IExpressionScope
{
    private object? _total = 5;

    public string RunId => "r";

    public string DefinitionId => "d";

    public string DefinitionVersionId => "v";

    public int DefinitionVersion => 1;

    public string? Name { get; set; }

    public string? CorrelationId { get; set; }

    public object? LastResult => null;

    public IEnumerable<string> VariableNames => ["Total"];

    public IEnumerable<string> InputNames => [];

    public bool TryGetVariable(string name, out object? value)
    {
        value = _total;
        return name == "Total";
    }

    public string? TypeOfVariable(string name) => "Int32";

    public void SetVariable(string name, object? value) => _total = value;

    public object? GetInput(string name) => null;

    public bool TryGetOutput(string activityIdOrName, string output, out object? value)
    {
        value = null;
        return false;
    }

    public bool TryFindOutputAccessor(string accessor, out string activityIdOrName, out string output)
    {
        (activityIdOrName, output) = ("", "");
        return false;
    }
}
