using System.Diagnostics;
using System.Text.Json;

namespace IndustryBrain.Plugins.Tests.Cli;

/// <summary>Runs the real program and writes definitions for it.</summary>
internal static class Brain
{
    public static string Definition(string id, params string[] activities) =>
        $$"""{"definitionId":"{{id}}","name":"{{id}}","version":1,"toolVersion":"3.7.0.0","root":{"type":"Elsa.Sequence","id":"s","version":1,"activities":[{{string.Join(',', activities)}}],"variables":[],"customProperties":{},"metadata":{} } }""";

    public static string Activity(string id, string type, params (string Name, string Type, string Language, string Value)[] inputs) =>
        $$"""{"id":"{{id}}","name":"{{id}}","type":"{{type}}","version":1,{{string.Concat(inputs.Select(i => $$"""
        "{{i.Name}}":{"typeName":"{{i.Type}}","expression":{"type":"{{i.Language}}","value":{{JsonSerializer.Serialize(i.Value)}} } },
        """))}}"customProperties":{},"metadata":{} }""";

    public static string Say(string id, string script) => Activity(id, "Elsa.WriteLine", ("text", "String", "JavaScript", script));

    public static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => RunAsync(arguments, []);

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments, Dictionary<string, string> environment)
    {
        var ct = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("dotnet", [Built.Brain, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var error = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, await output, await error);
    }

    public static async Task<(int ExitCode, JsonElement Document)> JsonAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync([.. arguments, "--json"]);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        return (exitCode, JsonElement.Parse(output));
    }

    public static string[] Lines(JsonElement document) => [.. document.GetProperty("lines").EnumerateArray().Select(l => l.GetString()!)];

    /// <summary>Status and lines of a document, on one line.</summary>
    public static string Summary(JsonElement document) => $"{document.GetProperty("subStatus").GetString() ?? document.GetProperty("status").GetString()}: {string.Join(' ', Lines(document))}";

    /// <summary>Code of the failure for which a document was refused.</summary>
    public static string? Code(JsonElement document) => document.GetProperty("failure").GetProperty("code").GetString();
}
