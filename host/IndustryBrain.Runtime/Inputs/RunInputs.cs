using System.Runtime.InteropServices;
using System.Text.Json;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Inputs;

/// <summary>Judges a run's input before the run is accepted: size, text, the definition's schema, and whether its files exist in the organization.</summary>
internal sealed class RunInputs(FileStore files, IOptions<RunOptions> options)
{
    public async Task<Failure?> CheckAsync(Caller caller, ScenarioDefinition definition, JsonElement input, CancellationToken ct)
    {
        if (input.ValueKind == JsonValueKind.Object && JsonMarshal.GetRawUtf8Value(input).Length > options.Value.InlineBytes)
            return RuntimeFailures.TooLarge("input", options.Value.InlineBytes);
        return await CheckAsync(caller, definition.Profile.InputSchema, input, ct);
    }

    /// <summary>Judges an object against a schema, and whether its files exist in the organization.</summary>
    public async Task<Failure?> CheckAsync(Caller caller, JsonElement schema, JsonElement value, CancellationToken ct) =>
        InputCheck.Check(schema, value) ?? await CheckFilesAsync(caller, schema, value, "", ct);

    /// <summary>Judges only whether the files of an object exist in the organization.</summary>
    public Task<Failure?> CheckFilesAsync(Caller caller, JsonElement schema, JsonElement value, CancellationToken ct) => CheckFilesAsync(caller, schema, value, "", ct);

    private async Task<Failure?> CheckFilesAsync(Caller caller, JsonElement schema, JsonElement value, string where, CancellationToken ct)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return null;
        if (value.ValueKind == JsonValueKind.Object && schema.TryGetProperty("format", out var format) && format.ValueEquals("file"))
        {
            if (!value.TryGetProperty("file", out var id) || id.ValueKind != JsonValueKind.String)
                return Refusals.Missing(where.Length == 0 ? "file" : $"{where}.file");
            return (await files.FindAsync(caller, id.GetString()!, ct)).TryGet(out _, out _) ? null : RuntimeFailures.FileUnknown(where, id.GetString()!);
        }

        if (value.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties))
        {
            foreach (var member in value.EnumerateObject())
            {
                if (properties.TryGetProperty(member.Name, out var known) && await CheckFilesAsync(caller, known, member.Value, where.Length == 0 ? member.Name : $"{where}.{member.Name}", ct) is { } failure)
                    return failure;
            }
        }
        else if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items) && MayHoldFiles(items))
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                if (await CheckFilesAsync(caller, items, item, FormattableString.Invariant($"{where}[{index++}]"), ct) is { } failure)
                    return failure;
            }
        }

        return null;
    }

    private static bool MayHoldFiles(JsonElement items) => items.ValueKind == JsonValueKind.Object && items.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("object");
}
