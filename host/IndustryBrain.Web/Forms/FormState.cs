using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Sdk;
using IndustryBrain.Web.Schemas;
using IndustryBrain.Web.Texts;

namespace IndustryBrain.Web.Forms;

/// <summary>What the fields of one form share: errors, ids, uploads, and the word that something changed.</summary>
internal sealed class FormState(string prefix, Func<Task> changed)
{
    private Dictionary<string, string> _errors = [];
    private readonly Dictionary<string, string> _fileNames = new(StringComparer.Ordinal);

    internal FileUploader? Uploader { get; set; }

    internal long MaximumFileBytes { get; set; }

    internal bool IsDisabled { get; set; }

    internal int UploadsRunning { get; private set; }

    internal Task ChangedAsync(string path)
    {
        Forget(path);
        return changed();
    }

    internal string Id(string path) => prefix + "-" + string.Concat(path.Select(c => char.IsLetterOrDigit(c) ? c : '-'));

    internal string? Error(string path) => _errors.GetValueOrDefault(path);

    internal bool HasErrorBelow(string path) => _errors.Keys.Any(k => IsBelow(k, path));

    internal IEnumerable<string> ErrorsBelow(string path) => _errors.Where(e => IsBelow(e.Key, path)).Select(e => e.Value);

    internal void Show(IEnumerable<FieldError> errors)
    {
        _errors = [];
        foreach (var error in errors) _errors.TryAdd(error.Path, error.Message.ToString());
    }

    /// <summary>Places that are wrong: what is said below the fields, added up.</summary>
    internal int ErrorCount => _errors.Count;

    internal string? FileName(string id) => _fileNames.GetValueOrDefault(id);

    internal void Name(string id, string name) => _fileNames[id] = name;

    internal IReadOnlyDictionary<string, string> FileNames => _fileNames;

    internal void UploadStarted() => UploadsRunning++;

    internal void UploadEnded() => UploadsRunning--;

    /// <summary>The field a failure of the host speaks of, or null.</summary>
    internal static FieldError? Locate(SchemaNode schema, Failure? failure)
    {
        if (failure?.Where is not { Length: > 0 } place) return null;
        var path = place.TrimStart('$', '.', '/').Replace('/', '.');
        if (path.StartsWith("input.", StringComparison.Ordinal)) path = path["input.".Length..];
        var first = path.Split('.', '[', ' ')[0];
        var field = schema.Members.FirstOrDefault(m => m.Name == first || m.Title.Zh == place || m.Title.En == place);
        if (field is null) return null;
        failure = FieldNames.In(schema, failure);
        var message = failure.Action is null ? failure.Message : new LocalizedText(failure.Message.Zh + failure.Action.Zh, failure.Message.En + " " + failure.Action.En);
        return new(field.Name == first ? path : field.Name, message);
    }

    /// <summary>The value a form starts with: what the schema says by default.</summary>
    internal static JsonObject Defaults(SchemaNode schema)
    {
        var value = new JsonObject();
        foreach (var member in schema.Members)
        {
            if (member.Default is { } given) value[member.Name] = JsonNode.Parse(given.GetRawText());
            else if (member.Kind == SchemaKind.Object && member.IsRequired) value[member.Name] = Defaults(member);
        }

        return value;
    }

    /// <summary>The range, default and example below a field.</summary>
    internal static string Hint(SchemaNode schema)
    {
        var parts = new List<string>();
        if (schema.Description is not null) parts.Add(schema.Description.ToString().TrimEnd('。', '.'));
        if (SchemaRange.Of(schema) is { } range) parts.Add(range.ToString());
        if (schema is { Kind: SchemaKind.Series or SchemaKind.Texts or SchemaKind.Choices, MinimumLength: > 1 and var least }) parts.Add(FormText.AtLeastValues.With(least).ToString());
        var english = System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
        if (schema.IsScalar && (english ? schema.EnglishExample : schema.Example) is { } example) parts.Add(FormText.Example.With(NumberText.Of(example)).ToString());
        return string.Join(english ? "; " : "；", parts);
    }

    internal static JsonElement ToElement(JsonNode? node) => node is null ? JsonSerializer.SerializeToElement<object?>(null) : JsonSerializer.SerializeToElement(node);

    private void Forget(string path)
    {
        foreach (var key in _errors.Keys.Where(k => IsBelow(k, path)).ToList()) _errors.Remove(key);
    }

    private static bool IsBelow(string key, string path) =>
        key == path || (key.StartsWith(path, StringComparison.Ordinal) && key.Length > path.Length && (key[path.Length] == '.' || key[path.Length] == '['));
}
