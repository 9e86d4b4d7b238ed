using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Cli.Running;

/// <summary>The files of one run: what the input names as <c>{"path":…}</c> gets an id, and nothing else can be opened.</summary>
internal sealed class RunFiles
{
    private readonly Dictionary<string, string> _paths = new(StringComparer.Ordinal);
    private readonly Lazy<string> _saved = new(() => Directory.CreateTempSubdirectory("brain-run-").FullName);
    private int _lastSaved;

    /// <summary>Replaces each <c>{"path":…}</c> that the schema calls a file, or that names an existing file where the schema says nothing, by a reference.</summary>
    public Result<JsonElement> Resolve(JsonElement input, JsonElement schema, string folder)
    {
        var node = JsonNode.Parse(input.GetRawText());
        return Replace(node, schema, folder, out var replaced) is { } failure ? failure : JsonSerializer.SerializeToElement(replaced, InputJson.Default.JsonNode);
    }

    public Result<Stream> Open(FileReference file)
    {
        string? path;
        lock (_paths)
        {
            if (!_paths.TryGetValue(file.File, out path))
            {
                return CliFailures.FileOfRunUnknown(file.File);
            }
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 65_536, useAsync: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CliFailures.FileNotReadable(path);
        }
    }

    /// <summary>Saves a file of the run below the temporary folder; its id is its path, so that the result says where it is.</summary>
    public async ValueTask<Result<FileReference>> SaveAsync(string name, Stream content, CancellationToken ct)
    {
        var path = Path.Combine(_saved.Value, string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref _lastSaved)}-{Path.GetFileName(name)}"));
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 65_536, useAsync: true);
            await content.CopyToAsync(file, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CliFailures.FileNotReadable(path);
        }

        lock (_paths)
        {
            _paths[path] = path;
        }

        return new FileReference(path, name);
    }

    /// <summary>The path of a file that an input names, or null when it names none.</summary>
    public static string? PathOf(JsonObject node) =>
        node.Count is 1 or 2 && node["path"] is JsonValue value && value.TryGetValue<string>(out var path) && path.Length > 0 && (node.Count == 1 || node.ContainsKey("name")) ? path : null;

    private Failure? Replace(JsonNode? node, JsonElement? schema, string folder, out JsonNode? replaced)
    {
        replaced = node;
        switch (node)
        {
            case JsonArray array:
                for (var i = 0; i < array.Count; i++)
                {
                    if (Child(array[i], Member(schema, "items"), folder, changed => array[i] = changed) is { } failure)
                    {
                        return failure;
                    }
                }

                return null;
            case JsonObject file when PathOf(file) is { } path:
                return Refer(path, schema, folder, ref replaced);
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    if (Child(value, Member(Member(schema, "properties"), name), folder, changed => members[name] = changed) is { } failure)
                    {
                        return failure;
                    }
                }

                return null;
            default:
                return null;
        }
    }

    private Failure? Child(JsonNode? node, JsonElement? schema, string folder, Action<JsonNode?> replace)
    {
        var failure = Replace(node, schema, folder, out var replaced);
        if (failure is null && !ReferenceEquals(node, replaced))
        {
            replace(replaced);
        }

        return failure;
    }

    private Failure? Refer(string path, JsonElement? schema, string folder, ref JsonNode? replaced)
    {
        var isFile = Member(schema, "format") is { ValueKind: JsonValueKind.String } format && format.ValueEquals("file");
        if (!isFile && Member(schema, "properties") is not null)
        {
            return null;
        }

        var full = JsonFile.Resolve(path, folder);
        if (!File.Exists(full))
        {
            return isFile ? CliFailures.FileNotReadable(full ?? path) : null;
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"file-{_paths.Count + 1}");
        _paths[id] = full;
        replaced = new JsonObject { ["file"] = id, ["name"] = Path.GetFileName(full) };
        return null;
    }

    private static JsonElement? Member(JsonElement? schema, string name) =>
        schema is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var member) ? member : null;
}
