using System.Text.Json;
using IndustryBrain.Expressions;
using IndustryBrain.Scenarios;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Scenarios.Expressions;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Running;

/// <summary>Executes requests one after the other, each in a fresh memory; plugins and prepared expressions are shared.</summary>
internal sealed class ScenarioRunner(PluginFolder plugins, TimeProvider time)
{
    // One person waits for one run here, on a machine that may be busy: statements and memory bound a script before time does.
    private static readonly ExpressionLimits Limits = new() { TimeoutMilliseconds = 2_000, CompileTimeoutMilliseconds = 60_000 };

    private readonly InProcessExpressions _expressions = new(Limits);

    public async Task<RunResult> RunAsync(RunRequest request, CancellationToken ct)
    {
        if (!ScenarioFiles.Read(request.DefinitionPath, request.ImportPaths).TryGet(out var files, out var unreadable))
        {
            return RunResult.Refused(unreadable);
        }

        if (files.UseComponents)
        {
            await plugins.LoadAsync(ct);
        }

        var recorder = request.Recorder;
        var real = new PluginAnswers(plugins);
        var surroundings = new RunSurroundings(plugins, recorder?.Around(real) ?? real, time)
        {
            Resumption = request.Resume is { } answers ? new ResumeAll(answers, recorder is null ? null : recorder.Resumed) : null,
            Happened = recorder is null ? null : recorder.Hear,
        };
        return await RunAsync(files, new ExecutionStart("", request.Input ?? InputJsonElements.Empty), request.InputFolder, surroundings, ct);
    }

    /// <summary>Runs what was read, in surroundings of the caller's choice.</summary>
    public async Task<RunResult> RunAsync(ScenarioFiles scenario, ExecutionStart start, string inputFolder, RunSurroundings surroundings, CancellationToken ct)
    {
        var findings = scenario.Judge(surroundings.Components);
        if (scenario.Main is not { } main || findings.Any(f => f.Severity == FindingSeverity.Error))
        {
            return RunResult.Refused(findings);
        }

        var files = new RunFiles();
        if (!files.Resolve(start.Input, main.Profile.InputSchema, inputFolder).TryGet(out var input, out var failure))
        {
            return RunResult.Refused(failure);
        }

        // A definition from elsewhere takes what it is given, as Elsa does; what one says about its input itself holds here as in the host.
        if (main.Profile.DeclaresInput && InputCheck.Check(main.Profile.InputSchema, input) is { } refused)
        {
            return RunResult.Refused(refused);
        }

        var services = new ExecutionServices(surroundings.Components, _expressions, surroundings.Time, EngineLimits.Default);
        var runs = new MemoryRuns(scenario.ById, services, surroundings.Answers, files) { Happened = surroundings.Happened };
        var ended = await runs.ExecuteAsync(main, start with { Input = input }, surroundings.Resumption, ct);
        return new RunResult
        {
            Status = ended.Status.ToString(),
            SubStatus = ended.SubStatus.ToString(),
            Lines = runs.Lines,
            Output = ended.Output,
            CorrelationId = ended.CorrelationId,
            Name = ended.Name,
            Incidents = ended.Incidents,
        };
    }
}
