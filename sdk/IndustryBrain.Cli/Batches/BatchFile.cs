using System.Globalization;
using System.Text.Json;
using IndustryBrain.Cli.Running;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Batches;

/// <summary>Reads the file of <c>brain run --batch</c>.</summary>
internal static class BatchFile
{
    private static readonly LocalizedText NotAnObject = new("应为对象", "must be an object");
    private static readonly LocalizedText NoFile = new("缺少 file", "lacks its file");
    private static readonly LocalizedText BadImports = new("的 imports 应为路径列表", "must have a list of paths as imports");
    private static readonly LocalizedText BadInput = new("的 input 应为对象", "must have an object as input");
    private static readonly LocalizedText BadResume = new("的 resume 应为 null 或 {\"rule\":\"all\"}", "must have null or {\"rule\":\"all\"} as resume");

    public static Result<IReadOnlyList<(string Id, RunRequest Request)>> Read(string path)
    {
        if (!JsonFile.Read(path, JsonValueKind.Array, new("运行的列表", "a list of runs")).TryGet(out var list, out var failure))
        {
            return failure;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var runs = new List<(string, RunRequest)>();
        foreach (var entry in list.EnumerateArray())
        {
            var wrong = Read(entry, folder, runs);
            if (wrong is not null)
            {
                return CliFailures.BatchEntry(path, runs.Count, wrong);
            }
        }

        return runs;
    }

    private static LocalizedText? Read(JsonElement entry, string folder, List<(string, RunRequest)> runs)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            return NotAnObject;
        }

        if (!entry.TryGetProperty("file", out var file) || file.ValueKind != JsonValueKind.String)
        {
            return NoFile;
        }

        var imports = new List<string>();
        if (Given(entry, "imports") is { } listed)
        {
            if (listed.ValueKind != JsonValueKind.Array || listed.EnumerateArray().Any(i => i.ValueKind != JsonValueKind.String))
            {
                return BadImports;
            }

            imports.AddRange(listed.EnumerateArray().Select(i => Path.GetFullPath(i.GetString()!, folder)));
        }

        var input = Given(entry, "input");
        if (input is { ValueKind: not JsonValueKind.Object })
        {
            return BadInput;
        }

        ResumeAnswers? resume = null;
        if (Given(entry, "resume") is { } rule)
        {
            if (rule.ValueKind != JsonValueKind.Object || !rule.TryGetProperty("rule", out var name) || name.ValueKind != JsonValueKind.String || !name.ValueEquals("all"))
            {
                return BadResume;
            }

            resume = ResumeAnswers.Of(rule);
        }

        var id = Given(entry, "id") is { } given ? (given.ValueKind == JsonValueKind.String ? given.GetString()! : given.GetRawText()) : runs.Count.ToString(CultureInfo.InvariantCulture);
        runs.Add((id, new RunRequest(Path.GetFullPath(file.GetString()!, folder), imports, input, folder, resume)));
        return null;
    }

    private static JsonElement? Given(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;
}
