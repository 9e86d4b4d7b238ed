using System.Text.Json;
using IndustryBrain.Cli.Running;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Batches;

/// <summary>Reads the file of <c>brain run --batch</c>. An entry that cannot be run says so itself; the others are run.</summary>
internal static class BatchFile
{
    private static readonly LocalizedText NotAnObject = new("应为对象", "must be an object");
    private static readonly LocalizedText NoId = new("缺少 id", "lacks its id");
    private static readonly LocalizedText SameId = new("的 id 已被前面的项使用", "has the id of an entry before it");
    private static readonly LocalizedText NoFile = new("缺少 file", "lacks its file");
    private static readonly LocalizedText BadImports = new("的 imports 应为路径列表", "must have a list of paths as imports");
    private static readonly LocalizedText BadInput = new("的 input 应为对象", "must have an object as input");
    private static readonly LocalizedText BadResume = new("的 resume 应为 null 或 {\"rule\":\"all\",\"events\":{…},\"tasks\":{…}}", "must have null or {\"rule\":\"all\",\"events\":{…},\"tasks\":{…}} as resume");

    public static Result<IReadOnlyList<BatchEntry>> Read(string path)
    {
        if (!JsonFile.Read(path, JsonValueKind.Array, new("运行的列表", "a list of runs")).TryGet(out var list, out var failure))
        {
            return failure;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var entries = new List<BatchEntry>();
        foreach (var entry in list.EnumerateArray())
        {
            var id = entry.ValueKind == JsonValueKind.Object ? IdOf(entry) : null;
            var request = Read(entry, id, folder, ids, out var wrong);
            entries.Add(new BatchEntry(id, wrong is null ? request! : CliFailures.BatchEntry(path, entries.Count, wrong)));
        }

        return entries;
    }

    private static RunRequest? Read(JsonElement entry, string? id, string folder, HashSet<string> ids, out LocalizedText? wrong)
    {
        wrong = null;
        if (entry.ValueKind != JsonValueKind.Object)
        {
            wrong = NotAnObject;
        }
        else if (id is null)
        {
            wrong = NoId;
        }
        else if (!ids.Add(id))
        {
            wrong = SameId;
        }

        if (wrong is not null)
        {
            return null;
        }

        var file = PathOf(Given(entry, "file"), folder);
        var imports = PathsOf(Given(entry, "imports"), folder);
        var input = Given(entry, "input");
        ResumeAnswers? resume = null;
        wrong = file is null ? NoFile
            : imports is null ? BadImports
            : input is { ValueKind: not JsonValueKind.Object } ? BadInput
            : Given(entry, "resume") is { } rule && (!ResumesAll(rule) || !ResumeAnswers.Of(rule, out resume)) ? BadResume
            : null;
        return wrong is null ? new RunRequest(file!, imports!, input, folder, resume) : null;
    }

    private static string? IdOf(JsonElement entry) =>
        Given(entry, "id") is { ValueKind: JsonValueKind.String or JsonValueKind.Number } id ? (id.ValueKind == JsonValueKind.String ? id.GetString() : id.GetRawText()) : null;

    private static bool ResumesAll(JsonElement resume) =>
        resume.ValueKind == JsonValueKind.Object && resume.TryGetProperty("rule", out var rule) && rule.ValueKind == JsonValueKind.String && rule.ValueEquals("all");

    private static string[]? PathsOf(JsonElement? list, string folder)
    {
        if (list is not { } given)
        {
            return [];
        }

        if (given.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        string?[] paths = [.. given.EnumerateArray().Select(path => PathOf(path, folder))];
        return paths.Contains(null) ? null : [.. paths.OfType<string>()];
    }

    private static string? PathOf(JsonElement? path, string folder) =>
        path is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } name ? JsonFile.Resolve(name, folder) : null;

    private static JsonElement? Given(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;
}
