using System.Diagnostics;
using IndustryBrain.Cli.Running;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Testing;

/// <summary>Runs the fixtures of scenarios; definitions that were read, plugins and prepared expressions are shared.</summary>
internal sealed class FixtureRunner(PluginFolder plugins)
{
    // The same in every run of a test, so that what depends on it can be expected.
    private static readonly DateTimeOffset DefaultStart = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ScenarioRunner _runner = new(plugins, TimeProvider.System);
    private readonly Dictionary<string, Result<ScenarioFiles>> _read = new(StringComparer.Ordinal);

    /// <summary>Runs one fixture of a scenario's folder. A fixture that cannot be read has no run, and its failure is its difference.</summary>
    public async Task<FixtureOutcome> RunAsync(string folder, string path, CancellationToken ct)
    {
        folder = Path.GetFullPath(folder);
        var name = Path.GetFileNameWithoutExtension(path);
        var started = Stopwatch.GetTimestamp();
        if (!ScenarioFixture.Read(path).TryGet(out var fixture, out var failure) || !Scenario(fixture, folder).TryGet(out var scenario, out failure))
        {
            return new FixtureOutcome(name, Stopwatch.GetElapsedTime(started), [], null) { Problem = failure };
        }

        try
        {
            var run = await RunAsync(fixture, scenario, folder, ct);
            return new FixtureOutcome(name, Stopwatch.GetElapsedTime(started), FixtureVerdict.Differences(fixture, run), run);
        }
#pragma warning disable CA1031 // Whatever happens in one test, the others are run, and all of them are reported.
        catch (Exception e) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new FixtureOutcome(name, Stopwatch.GetElapsedTime(started), [], null) { Problem = CliFailures.Internal(e.GetType().Name) with { Where = path } };
        }
    }

    private async Task<FixtureRun> RunAsync(ScenarioFixture fixture, ScenarioFiles scenario, string folder, CancellationToken ct)
    {
        var answers = new FixtureAnswers(fixture, scenario, plugins);
        if (answers.NeedsPlugins)
        {
            await plugins.LoadAsync(ct);
        }

        var clock = new VirtualClock(fixture.Clock?.Start ?? DefaultStart);
        var resumption = new FixtureResumption(fixture, clock);
        var events = new List<RunEvent>();
        var start = new ExecutionStart("", fixture.Input ?? InputJsonElements.Empty) { CorrelationId = fixture.CorrelationId, TriggerActivityId = fixture.Trigger?.Activity, TriggerPayload = fixture.Trigger?.Payload };
        var result = await _runner.RunAsync(scenario, start, folder, new RunSurroundings(answers, answers, clock) { Resumption = resumption, Happened = events.Add }, ct);
        return new FixtureRun(result, scenario, events, answers.Calls, resumption.Left);
    }

    private Result<ScenarioFiles> Scenario(ScenarioFixture fixture, string folder)
    {
        string[] files = [.. (fixture.Import ?? []).Prepend(fixture.Definition ?? ScenarioFixture.DefinitionFile).Select(f => JsonFile.Resolve(f, folder) ?? f)];
        var key = string.Join('\0', files);
        return _read.TryGetValue(key, out var read) ? read : _read[key] = ScenarioFiles.Read(files[0], files.Skip(1));
    }
}
