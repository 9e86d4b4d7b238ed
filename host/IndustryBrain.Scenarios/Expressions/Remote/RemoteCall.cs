using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using IndustryBrain.Scenarios.Values;
using IndustryBrain.Sdk;
using N = IndustryBrain.Scenarios.Expressions.Remote.RemoteNames;

namespace IndustryBrain.Scenarios.Expressions.Remote;

/// <summary>
/// The host's side of evaluating the expressions of one step in another process: writes them with the values that their texts name, and takes
/// the answer as a stranger's. A value that is named in no text is sent when it was asked for, in another round.
/// </summary>
/// <param name="requests">Expressions with the same scope.</param>
public sealed partial class RemoteCall(IReadOnlyList<ExpressionRequest> requests)
{
    internal const int MaxDepth = 80;
    private const int MaxRounds = 64;
    private static readonly JsonWriterOptions Writing = new() { SkipValidation = true };

    private readonly IExpressionScope _scope = requests[0].Scope;
    private readonly HashSet<(string Activity, string Output)> _outputs = [.. requests.SelectMany(r => NamedOutputs(r.Source))];
    private readonly HashSet<string> _inputs = new(StringComparer.Ordinal);
    private bool _sendsAll;
    private bool _sendsLastResult = requests.Any(r => r.Source.Contains("LastResult", StringComparison.Ordinal));
    private int _rounds;

    /// <summary>What is sent in the next round.</summary>
    public JsonElement Write()
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var json = new Utf8JsonWriter(buffer, Writing))
            Write(json);
        var reader = new Utf8JsonReader(buffer.WrittenSpan, new JsonReaderOptions { MaxDepth = MaxDepth });
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>Takes an answer and makes the changes in it.</summary>
    /// <returns>The results; null when the worker needs more values: another round follows.</returns>
    /// <exception cref="FormatException">It is no answer that a worker gives.</exception>
    public IReadOnlyList<Result<ExpressionValue>>? Take(JsonElement answer)
    {
        List<Result<ExpressionValue>> results;
        List<Action> changes;
        try
        {
            if (answer.TryGetProperty(N.Missing, out var missing))
                return Add([.. missing.EnumerateArray().Select(Text)]);
            results = [.. answer.GetProperty(N.Results).EnumerateArray().Select(Read)];
            changes = [.. answer.GetProperty(N.Changes).EnumerateArray().Select(Change)];
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or JsonException or IndexOutOfRangeException or OverflowException or ArgumentException)
        {
            throw new FormatException("No answer to expressions.", e);
        }

        if (results.Count > requests.Count || results.Count == 0 || (results.Count < requests.Count && results[^1].Failure is null))
            throw new FormatException("Not as many results as expressions.");
        changes.ForEach(change => change());
        return results;
    }

    private static Result<ExpressionValue> Read(JsonElement result)
    {
        if (!result.TryGetProperty(N.Failure, out var failure))
            return new ExpressionValue(ValueJson.ReadTagged(result.GetProperty(N.Value)), result.TryGetProperty(N.Outcomes, out var outcomes) ? [.. outcomes.EnumerateArray().Select(Text)] : null);
        var code = Text(failure[0]);
        if (!Code().IsMatch(code))
            throw new FormatException("A code that is none of an expression.");
        return new Failure(code, new(Text(failure[1]), Text(failure[2]))) { Action = failure[3].ValueKind == JsonValueKind.Null ? null : new(Text(failure[3]), Text(failure[4])) };
    }

    private static string Text(JsonElement element) => ValueJson.ReadTagged(element) as string ?? throw new FormatException("No text.");

    private static IEnumerable<(string, string)> NamedOutputs(string source) =>
        NamedOutput().Matches(source).Select(m => (m.Groups[1].Value, m.Groups[2].Success ? m.Groups[2].Value : "Result"));

    private Action Change(JsonElement change)
    {
        var kind = change[0].GetString();
        if (kind == N.Variables)
        {
            var (name, value) = (Text(change[1]), ValueJson.ReadTagged(change[2]));
            return () => _scope.SetVariable(name, value);
        }

        var text = change[1].ValueKind == JsonValueKind.Null ? null : Text(change[1]);
        return kind switch
        {
            N.Name => () => _scope.Name = text,
            N.CorrelationId => () => _scope.CorrelationId = text,
            _ => throw new FormatException("A change of nothing known."),
        };
    }

    private List<Result<ExpressionValue>>? Add(string[] missing)
    {
        var isNew = missing switch
        {
            [N.Variables, _] => !_sendsAll && (_sendsAll = true),
            [N.Inputs, var name] => _inputs.Add(name),
            [N.Outputs, var activity, var output] => _outputs.Add((activity, output)),
            [N.LastResult] => !_sendsLastResult && (_sendsLastResult = true),
            _ => false,
        };
        if (!isNew)
            throw new FormatException("A value was asked for that had been sent.");
        return ++_rounds < MaxRounds ? null : [ScenarioFailures.TooManyRounds(MaxRounds)];
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray(N.Run);
        ValueJson.WriteTagged(json, _scope.RunId);
        ValueJson.WriteTagged(json, _scope.DefinitionId);
        ValueJson.WriteTagged(json, _scope.DefinitionVersionId);
        json.WriteNumberValue(_scope.DefinitionVersion);
        ValueJson.WriteTagged(json, _scope.Name);
        ValueJson.WriteTagged(json, _scope.CorrelationId);
        json.WriteEndArray();
        json.WriteStartArray(N.Expressions);
        foreach (var request in requests)
        {
            json.WriteStartObject();
            json.WriteString(N.Language, request.Language);
            json.WriteString(N.Source, request.Source);
            json.WriteBoolean(N.IsScript, request.IsScript);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteVariables(json);
        WriteInputs(json);
        WriteOutputs(json);
        if (_sendsLastResult)
            WriteValue(json, N.LastResult, _scope.LastResult);
        json.WriteEndObject();
    }

    private void WriteVariables(Utf8JsonWriter json)
    {
        json.WriteStartArray(N.Variables);
        foreach (var name in _scope.VariableNames)
        {
            json.WriteStartObject();
            WriteValue(json, N.Name, name);
            if (_scope.TypeOfVariable(name) is { } type)
                json.WriteString(N.Type, type);
            if ((_sendsAll || IsNamed(name)) && _scope.TryGetVariable(name, out var value))
                WriteValue(json, N.Value, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteInputs(Utf8JsonWriter json)
    {
        json.WriteStartArray(N.InputNames);
        foreach (var name in _scope.InputNames)
        {
            ValueJson.WriteTagged(json, name);
            if (_sendsAll || IsNamed(name))
                _inputs.Add(name);
        }

        json.WriteEndArray();
        json.WriteStartArray(N.Inputs);
        foreach (var name in _inputs)
        {
            json.WriteStartObject();
            WriteValue(json, N.Name, name);
            WriteValue(json, N.Value, _scope.GetInput(name));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteOutputs(Utf8JsonWriter json)
    {
        json.WriteStartArray(N.Accessors);
        foreach (var accessor in requests.SelectMany(r => Accessor().Matches(r.Source)).Select(m => m.Value).Distinct(StringComparer.Ordinal))
        {
            if (!_scope.TryFindOutputAccessor(accessor, out var activity, out var output))
                continue;
            json.WriteStartArray();
            json.WriteStringValue(accessor);
            ValueJson.WriteTagged(json, activity);
            ValueJson.WriteTagged(json, output);
            json.WriteEndArray();
            _outputs.Add((activity, output));
        }

        json.WriteEndArray();
        json.WriteStartArray(N.Outputs);
        foreach (var (activity, output) in _outputs)
        {
            var isKnown = _scope.TryGetOutput(activity, output, out var value);
            json.WriteStartArray();
            ValueJson.WriteTagged(json, activity);
            ValueJson.WriteTagged(json, output);
            json.WriteBooleanValue(isKnown);
            ValueJson.WriteTagged(json, value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter json, string member, object? value)
    {
        json.WritePropertyName(member);
        ValueJson.WriteTagged(json, value);
    }

    // Accessors write the first letter in upper case.
    private bool IsNamed(string name) => requests.Any(r => r.Source.Contains(name, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"^IB2[01]\d\d$", RegexOptions.NonBacktracking)]
    private static partial Regex Code();

    [GeneratedRegex(@"\bget[A-Za-z0-9_$]+From[A-Za-z0-9_$]+", RegexOptions.NonBacktracking)]
    private static partial Regex Accessor();

    [GeneratedRegex(@"\b(?:getOutputFrom|Output\s*\.\s*From\s*(?:<[A-Za-z0-9_<>\[\]?, ]*>)?)\s*\(\s*['""`]([^'""`\\]*)['""`]\s*(?:,\s*['""`]([^'""`\\]*)['""`])?", RegexOptions.NonBacktracking)]
    private static partial Regex NamedOutput();
}
