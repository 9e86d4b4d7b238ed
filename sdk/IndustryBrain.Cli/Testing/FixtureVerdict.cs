using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Cli.Running;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Testing;

/// <summary>Compares what happened with what a fixture expects.</summary>
internal static class FixtureVerdict
{
    private const string Finished = nameof(ExecutionSubStatus.Finished);

    /// <summary>In what they differ; empty when they do not.</summary>
    public static IReadOnlyList<LocalizedText> Differences(ScenarioFixture fixture, FixtureRun run)
    {
        var differences = new JsonDifferences(fixture.Tolerance);
        var incidents = Incidents(run.Result);
        var status = run.Result.SubStatus ?? run.Result.Status;
        if (status != (fixture.Status ?? Finished))
        {
            differences.Differs("status", fixture.Status ?? Finished, string.Join("; ", incidents.Select(i => $"{i.Node} {i.Failure.Code}: {i.Failure.Message}".TrimStart()).Prepend(status)));
        }

        if (fixture.Output is { } output)
        {
            differences.Compare(output, run.Result.Output, "output");
        }

        if (fixture.Lines is { } lines)
        {
            Compare(lines, run.Result.Lines, "lines", differences);
        }

        if (fixture.Incidents is { } expected)
        {
            Compare(expected, incidents, differences);
        }

        if (fixture.Response is { } response)
        {
            differences.Compare(response, Response(run.Response), "response");
        }

        foreach (var (name, inputs) in fixture.Calls ?? new Dictionary<string, JsonElement>())
        {
            var given = run.Calls.Where(c => c.ComponentId == name || NodeNames.Means(name, c.NodeId)).Select(c => JsonNode.Parse(c.Input.GetRawText()));
            differences.Compare(inputs, new JsonArray([.. given]), $"calls.{name}");
        }

        ComparePath(fixture, run, differences);
        foreach (var answer in run.Result.Status == RunResult.Rejected ? [] : run.Left)
        {
            differences.Add(new($"answers：没有任何活动等待「{answer.Event ?? answer.Task ?? answer.Node}」", $"answers: nothing waited for “{answer.Event ?? answer.Task ?? answer.Node}”"));
        }

        return differences.Found;
    }

    private static void ComparePath(ScenarioFixture fixture, FixtureRun run, JsonDifferences differences)
    {
        if (fixture is { Path: null, Passes: null, Avoids: null })
        {
            return;
        }

        var path = run.Path;
        if (fixture.Path is { } whole)
        {
            Compare(whole, [.. path.Select((id, i) => i < whole.Count && NodeNames.Means(whole[i], id) ? whole[i] : NodeNames.ActivityId(id))], "path", differences);
        }

        var started = run.Events.Where(e => e.IsRoot).Select(e => e.Event).OfType<StepStarted>().Select(e => e.NodeId).ToList();
        var at = 0;
        foreach (var name in fixture.Passes ?? [])
        {
            var found = started.FindIndex(at, id => NodeNames.Means(name, id));
            if (found < 0)
            {
                differences.Missing($"passes: {name}", string.Join(" → ", fixture.Passes!));
                break;
            }

            at = found + 1;
        }

        foreach (var name in fixture.Avoids ?? [])
        {
            if (started.Exists(id => NodeNames.Means(name, id)))
            {
                differences.Add(new($"avoids：「{name}」被执行了", $"avoids: “{name}” was executed"));
            }
        }
    }

    private static void Compare(IReadOnlyList<string> expected, IReadOnlyList<string> actual, string where, JsonDifferences differences)
    {
        for (var i = 0; i < Math.Max(expected.Count, actual.Count); i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{where}[{i}]");
            if (i >= actual.Count)
            {
                differences.Missing(at, expected[i]);
            }
            else if (i >= expected.Count)
            {
                differences.Add(new($"多出 {at}：{actual[i]}", $"{at} is not expected: {actual[i]}"));
            }
            else
            {
                differences.Compare(expected[i], actual[i], at);
            }
        }
    }

    private static void Compare(IReadOnlyList<FixtureIncident> expected, IReadOnlyList<(string? Node, Failure Failure)> actual, JsonDifferences differences)
    {
        for (var i = 0; i < Math.Max(expected.Count, actual.Count); i++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"incidents[{i}]");
            if (i >= actual.Count)
            {
                differences.Missing(at, expected[i].Code ?? expected[i].Message ?? expected[i].Node ?? "");
            }
            else if (i >= expected.Count)
            {
                differences.Add(new($"多出 {at}：{actual[i].Failure.Code} {actual[i].Failure.Message.Zh}", $"{at} is not expected: {actual[i].Failure.Code} {actual[i].Failure.Message.En}"));
            }
            else
            {
                Compare(expected[i], actual[i].Node, actual[i].Failure, at, differences);
            }
        }
    }

    private static void Compare(FixtureIncident expected, string? node, Failure failure, string at, JsonDifferences differences)
    {
        if (expected.Code is { } code)
        {
            differences.Compare(code, failure.Code, $"{at}.code");
        }

        if (expected.Node is { } name && (node is null || !NodeNames.Means(name, node)))
        {
            differences.Differs($"{at}.node", name, node ?? "null");
        }

        if (expected.Where is { } where)
        {
            differences.Compare(where, failure.Where, $"{at}.where");
        }

        if (expected.Message is { } message && message != failure.Message.Zh && message != failure.Message.En)
        {
            differences.Differs($"{at}.message", message, failure.Message.ToString());
        }
    }

    // A run that did not begin says why in the same way as one that went wrong.
    private static IReadOnlyList<(string? Node, Failure Failure)> Incidents(RunResult result) => result switch
    {
        { Status: RunResult.Rejected, Failure: { } failure } => [(null, failure)],
        { Status: RunResult.Rejected } => [.. result.Findings.Where(f => f.Severity == FindingSeverity.Error).Select(f => (f.NodeId, new Failure(f.Rule, f.Message) { Where = f.Where, Action = f.Action }))],
        _ => [.. result.Incidents.Select(i => (i.NodeId, i.Failure))],
    };

    private static JsonObject? Response(ResponseWritten? response) => response is null ? null : new JsonObject
    {
        ["statusCode"] = response.StatusCode,
        ["contentType"] = response.ContentType,
        ["headers"] = response.Headers is { } headers ? JsonNode.Parse(headers.GetRawText()) : null,
        ["content"] = response.Content is { } content ? JsonNode.Parse(content.GetRawText()) : null,
    };
}
