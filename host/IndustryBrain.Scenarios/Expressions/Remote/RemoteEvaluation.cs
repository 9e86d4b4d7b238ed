using System.Buffers;
using System.Text.Json;
using IndustryBrain.Scenarios.Values;
using IndustryBrain.Sdk;
using N = IndustryBrain.Scenarios.Expressions.Remote.RemoteNames;

namespace IndustryBrain.Scenarios.Expressions.Remote;

/// <summary>The worker's side: evaluates what a <see cref="RemoteCall"/> of the host has written.</summary>
/// <param name="evaluator">Evaluates in this process.</param>
public sealed class RemoteEvaluation(IExpressionEvaluator evaluator)
{
    private static readonly JsonWriterOptions Writing = new() { SkipValidation = true };

    /// <summary>Evaluates the expressions of one step and gives the answer for the host.</summary>
    public async ValueTask<JsonElement> AnswerAsync(JsonElement request, CancellationToken cancellationToken)
    {
        var scope = new RemoteScope(request);
        var results = new List<Result<ExpressionValue>>();
        try
        {
            foreach (var expression in request.GetProperty(N.Expressions).EnumerateArray())
            {
                var asked = new ExpressionRequest(expression.GetProperty(N.Language).GetString()!, expression.GetProperty(N.Source).GetString()!, expression.GetProperty(N.IsScript).GetBoolean(), scope);
                results.Add(await evaluator.EvaluateAsync(asked, cancellationToken).ConfigureAwait(false));
                if (results[^1].Failure is not null || scope.Missing is not null)
                    break;
            }
        }
        catch (ConversionException e)
        {
            results.Add(ScenarioFailures.Conversion(e.What));
        }
        catch (ValueNotSentException)
        {
            // Answered below.
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Writing))
            Write(json, scope, results);
        var reader = new Utf8JsonReader(buffer.WrittenSpan, new JsonReaderOptions { MaxDepth = RemoteCall.MaxDepth });
        return JsonElement.ParseValue(ref reader);
    }

    private static void Write(Utf8JsonWriter json, RemoteScope scope, List<Result<ExpressionValue>> results)
    {
        json.WriteStartObject();
        if (scope.Missing is { } missing)
        {
            json.WriteStartArray(N.Missing);
            foreach (var name in missing)
                ValueJson.WriteTagged(json, name);
            json.WriteEndArray();
            json.WriteEndObject();
            return;
        }

        json.WriteStartArray(N.Results);
        foreach (var result in results)
            Write(json, result);
        json.WriteEndArray();
        json.WritePropertyName(N.Changes);
        scope.WriteChanges(json);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Result<ExpressionValue> result)
    {
        json.WriteStartObject();
        if (result.TryGet(out var value, out var failure))
        {
            json.WritePropertyName(N.Value);
            ValueJson.WriteTagged(json, value.Value);
            if (value.Outcomes is { } outcomes)
            {
                json.WriteStartArray(N.Outcomes);
                foreach (var outcome in outcomes)
                    ValueJson.WriteTagged(json, outcome);
                json.WriteEndArray();
            }
        }
        else
        {
            json.WriteStartArray(N.Failure);
            foreach (var text in (string?[])[failure.Code, failure.Message.Zh, failure.Message.En, failure.Action?.Zh, failure.Action?.En])
                ValueJson.WriteTagged(json, text);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
