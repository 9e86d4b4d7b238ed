using System.Text.Json;
using IndustryBrain.Scenarios.Values;
using N = IndustryBrain.Scenarios.Expressions.Remote.RemoteNames;

namespace IndustryBrain.Scenarios.Expressions.Remote;

/// <summary>
/// The scope of a run as another process sees it: the values that the host sent, and a record of what was changed. A value that was not sent
/// ends the evaluation; the host then sends it, and everything is evaluated again.
/// </summary>
internal sealed class RemoteScope : IExpressionScope
{
    private readonly List<string> _variableNames = [];
    private readonly Dictionary<string, Slot> _variables = new(StringComparer.Ordinal);
    private readonly List<string> _inputNames;
    private readonly Dictionary<string, object?> _inputs = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), (bool IsKnown, object? Value)> _outputs = [];
    private readonly Dictionary<string, (string Activity, string Output)> _accessors = new(StringComparer.Ordinal);
    private readonly (bool IsSent, object? Value) _lastResult;
    private readonly List<Action<Utf8JsonWriter>> _changes = [];
    private string? _name;
    private string? _correlationId;

    public RemoteScope(JsonElement request)
    {
        var run = request.GetProperty(N.Run);
        (RunId, DefinitionId, DefinitionVersionId, DefinitionVersion) = (Text(run[0]), Text(run[1]), Text(run[2]), run[3].GetInt32());
        (_name, _correlationId) = ((string?)ValueJson.ReadTagged(run[4]), (string?)ValueJson.ReadTagged(run[5]));
        foreach (var variable in request.GetProperty(N.Variables).EnumerateArray())
        {
            var name = Text(variable.GetProperty(N.Name));
            _variableNames.Add(name);
            var isSent = variable.TryGetProperty(N.Value, out var value);
            _variables[name] = new(variable.TryGetProperty(N.Type, out var type) ? type.GetString() : null, isSent, isSent ? ValueJson.ReadTagged(value) : null);
        }

        _inputNames = [.. request.GetProperty(N.InputNames).EnumerateArray().Select(Text)];
        foreach (var input in request.GetProperty(N.Inputs).EnumerateArray())
            _inputs[Text(input.GetProperty(N.Name))] = ValueJson.ReadTagged(input.GetProperty(N.Value));
        foreach (var output in request.GetProperty(N.Outputs).EnumerateArray())
            _outputs[(Text(output[0]), Text(output[1]))] = (output[2].GetBoolean(), ValueJson.ReadTagged(output[3]));
        foreach (var accessor in request.GetProperty(N.Accessors).EnumerateArray())
            _accessors[accessor[0].GetString()!] = (Text(accessor[1]), Text(accessor[2]));
        _lastResult = request.TryGetProperty(N.LastResult, out var last) ? (true, ValueJson.ReadTagged(last)) : default;
    }

    /// <summary>What was asked for and had not been sent: the kind of the value, and its names.</summary>
    public string[]? Missing { get; private set; }

    public string RunId { get; }

    public string DefinitionId { get; }

    public string DefinitionVersionId { get; }

    public int DefinitionVersion { get; }

    public string? Name
    {
        get => _name;
        set
        {
            _name = value;
            _changes.Add(json => WritePair(json, N.Name, value));
        }
    }

    public string? CorrelationId
    {
        get => _correlationId;
        set
        {
            _correlationId = value;
            _changes.Add(json => WritePair(json, N.CorrelationId, value));
        }
    }

    public object? LastResult => _lastResult.IsSent ? _lastResult.Value : throw Miss(N.LastResult);

    public IEnumerable<string> VariableNames => _variableNames;

    public IEnumerable<string> InputNames => _inputNames;

    public bool TryGetVariable(string name, out object? value)
    {
        value = null;
        if (!_variables.TryGetValue(name, out var slot))
            return false;
        value = slot.IsSent ? slot.Value : throw Miss(N.Variables, name);
        return true;
    }

    public string? TypeOfVariable(string name) => _variables.GetValueOrDefault(name)?.Type;

    public void SetVariable(string name, object? value)
    {
        if (!_variables.TryGetValue(name, out var slot))
        {
            _variableNames.Add(name);
            slot = new(null, true, null);
        }

        _variables[name] = slot with { IsSent = true, Value = TypeRef.Parse(slot.Type) is { } type ? ValueConverter.Convert(value, type) : value };
        _changes.Add(json =>
        {
            json.WriteStartArray();
            json.WriteStringValue(N.Variables);
            ValueJson.WriteTagged(json, name);
            ValueJson.WriteTagged(json, value);
            json.WriteEndArray();
        });
    }

    public object? GetInput(string name) => _inputs.TryGetValue(name, out var value) ? value : throw Miss(N.Inputs, name);

    public bool TryGetOutput(string activityIdOrName, string output, out object? value)
    {
        if (!_outputs.TryGetValue((activityIdOrName, output), out var sent))
            throw Miss(N.Outputs, activityIdOrName, output);
        value = sent.Value;
        return sent.IsKnown;
    }

    public bool TryFindOutputAccessor(string accessor, out string activityIdOrName, out string output)
    {
        var isKnown = _accessors.TryGetValue(accessor, out var found);
        (activityIdOrName, output) = isKnown ? found : ("", "");
        return isKnown;
    }

    /// <summary>Writes what was changed, in its order.</summary>
    public void WriteChanges(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var change in _changes)
            change(json);
        json.WriteEndArray();
    }

    private static void WritePair(Utf8JsonWriter json, string kind, string? value)
    {
        json.WriteStartArray();
        json.WriteStringValue(kind);
        ValueJson.WriteTagged(json, value);
        json.WriteEndArray();
    }

    private static string Text(JsonElement element) => (string)ValueJson.ReadTagged(element)!;

    private ValueNotSentException Miss(params string[] names)
    {
        Missing ??= names;
        return new();
    }

    private sealed record Slot(string? Type, bool IsSent, object? Value);
}
