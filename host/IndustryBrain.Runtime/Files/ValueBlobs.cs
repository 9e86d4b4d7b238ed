using System.Runtime.InteropServices;
using System.Text.Json;
using IndustryBrain.Storage;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Files;

/// <summary>Keeps large values out of recorded events: each becomes a file of the organization, and <c>{"file":"file id","size":bytes}</c> stands in its place.</summary>
internal sealed class ValueBlobs(FileStore files, IOptions<RunOptions> options)
{
    private readonly int _limit = options.Value.InlineBytes;

    public bool IsLarge(JsonElement? value) => value is { } v && Size(v) > _limit;

    public async Task<JsonElement?> ReferAsync(string organization, JsonElement? value, string name, CancellationToken ct) =>
        value is { } v ? await ReferAsync(organization, v, name, ct) : null;

    /// <summary>The value with its large members replaced, largest structure first kept: an object keeps its members, anything else is replaced as a whole.</summary>
    public async Task<JsonElement> ReferAsync(string organization, JsonElement value, string name, CancellationToken ct)
    {
        if (!IsLarge(value))
            return value;
        if (value.ValueKind != JsonValueKind.Object)
            return await StoreAsync(organization, value, name, ct);

        Dictionary<string, JsonElement> members = [];
        foreach (var member in value.EnumerateObject())
            members[member.Name] = IsLarge(member.Value) ? await StoreAsync(organization, member.Value, $"{name}-{member.Name}", ct) : member.Value;
        var kept = JsonSerializer.SerializeToElement(members);
        return IsLarge(kept) ? await StoreAsync(organization, value, name, ct) : kept;
    }

    /// <summary>The value with the members that stand in files put back, as far as they are no larger than <see cref="RunOptions.ShownBytes"/>.</summary>
    public async Task<JsonElement> RestoreAsync(string organization, JsonElement value, CancellationToken ct)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return value;
        if (Reference(value) is { } file)
            return await ReadAsync(organization, file, ct) ?? value;
        if (!value.EnumerateObject().Any(m => Reference(m.Value) is not null))
            return value;
        Dictionary<string, JsonElement> members = [];
        foreach (var member in value.EnumerateObject())
            members[member.Name] = Reference(member.Value) is { } id && await ReadAsync(organization, id, ct) is { } whole ? whole : member.Value;
        return JsonSerializer.SerializeToElement(members);
    }

    private string? Reference(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() == 2
        && value.TryGetProperty("file", out var file) && file.ValueKind == JsonValueKind.String
        && value.TryGetProperty("size", out var size) && size.TryGetInt64(out var bytes) && bytes <= options.Value.ShownBytes
            ? file.GetString() : null;

    private async Task<JsonElement?> ReadAsync(string organization, string id, CancellationToken ct)
    {
        if (!(await files.OpenAsync(organization, id, ct)).TryGet(out var content, out _))
            return null;
        await using (content)
        {
            try
            {
                using var document = await JsonDocument.ParseAsync(content, cancellationToken: ct);
                return document.RootElement.Clone();
            }
            catch (JsonException)
            {
                // A file of somebody's own that is named like a reference.
                return null;
            }
        }
    }

    private async Task<JsonElement> StoreAsync(string organization, JsonElement value, string name, CancellationToken ct)
    {
        var bytes = JsonMarshal.GetRawUtf8Value(value).ToArray();
        using var content = new MemoryStream(bytes, writable: false);
        var stored = await files.StoreAsync(Caller.ForSystem(organization), $"{name}.json", content, ct);
        if (!stored.TryGet(out var file, out var failure))
            throw new InvalidOperationException($"A large value could not be stored: {failure.Code} {failure.Message.En}");
        return JsonSerializer.SerializeToElement(new Dictionary<string, object> { ["file"] = file.Id, ["size"] = bytes.LongLength });
    }

    private static int Size(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(value).Length;
}
