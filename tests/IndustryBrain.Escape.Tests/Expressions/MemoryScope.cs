using IndustryBrain.Scenarios.Expressions;

namespace IndustryBrain.Escape.Tests.Expressions;

/// <summary>A scope in memory.</summary>
internal sealed class MemoryScope : IExpressionScope
{
    public Dictionary<string, object?> Variables { get; init; } = new() { ["Total"] = 5, ["order"] = System.Text.Json.JsonElement.Parse("""{"lines":[{"count":2},{"count":3}]}""") };

    public Dictionary<string, object?> Inputs { get; init; } = new() { ["name"] = "Ada" };

    public Dictionary<(string, string), object?> Outputs { get; init; } = new() { [("sum", "Result")] = 7L, [("sum", "Unit")] = "kg" };

    public string RunId => "run1";

    public string DefinitionId => "d1";

    public string DefinitionVersionId => "v1";

    public int DefinitionVersion => 3;

    public string? Name { get; set; }

    public string? CorrelationId { get; set; }

    public object? LastResult => 7L;

    public IEnumerable<string> VariableNames => Variables.Keys;

    public IEnumerable<string> InputNames => Inputs.Keys;

    public bool TryGetVariable(string name, out object? value) => Variables.TryGetValue(name, out value);

    public string? TypeOfVariable(string name) => name == "Total" ? "Int32" : null;

    public void SetVariable(string name, object? value) =>
        Variables[name] = TypeOfVariable(name) is null ? value : Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture);

    public object? GetInput(string name) => Inputs.GetValueOrDefault(name);

    public bool TryGetOutput(string activityIdOrName, string output, out object? value)
    {
        Outputs.TryGetValue((activityIdOrName, output), out value);
        return activityIdOrName == "sum";
    }

    public bool TryFindOutputAccessor(string accessor, out string activityIdOrName, out string output)
    {
        (activityIdOrName, output) = ("sum", accessor.EndsWith("FromSum", StringComparison.Ordinal) ? accessor["get".Length..^"FromSum".Length] : "");
        return output.Length > 0;
    }
}
