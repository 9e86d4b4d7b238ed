using System.Text.Json;
using IndustryBrain.Expressions;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Execution;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Running;

/// <summary>Executes requests one after the other, each in a fresh memory; plugins and prepared expressions are shared.</summary>
internal sealed class ScenarioRunner(PluginFolder plugins, TimeProvider time)
{
    // One person waits for one run here, on a machine that may be busy: statements and memory bound a script before time does.
    private static readonly ExpressionLimits Limits = new() { TimeoutMilliseconds = 2_000, CompileTimeoutMilliseconds = 60_000 };

    private readonly ExecutionServices _services = new(plugins, new InProcessExpressions(Limits), time, EngineLimits.Default);

    public async Task<RunResult> RunAsync(RunRequest request, CancellationToken ct)
    {
        var definitions = new Dictionary<string, ScenarioDefinition>(StringComparer.Ordinal);
        var findings = new List<Finding>();
        ScenarioDefinition? main = null;
        var documents = new List<byte[]>();
        foreach (var path in request.ImportPaths.Prepend(request.DefinitionPath))
        {
            if (!JsonFile.ReadBytes(path).TryGet(out var bytes, out var unreadable))
            {
                return RunResult.Refused(unreadable);
            }

            documents.Add(bytes);
        }

        // What others use as an activity is known before any of them is read as it runs.
        ScenarioDefinition[] library = [.. documents.Skip(1).Select(d => DefinitionIntake.Read(d).Definition).OfType<ScenarioDefinition>().Where(d => d.IsUsableAsActivity)];
        foreach (var document in documents)
        {
            var definition = await ReadAsync(document, library, findings, ct);
            main ??= definition;
            if (definition is not null && (!definitions.TryGetValue(definition.DefinitionId, out var other) || other.Version < definition.Version))
            {
                definitions[definition.DefinitionId] = definition;
            }
        }

        if (main is null || findings.Any(f => f.Severity == FindingSeverity.Error))
        {
            return RunResult.Refused(findings);
        }

        var files = new RunFiles();
        if (!files.Resolve(request.Input ?? InputJsonElements.Empty, main.Profile.InputSchema, request.InputFolder).TryGet(out var input, out var failure))
        {
            return RunResult.Refused(failure);
        }

        // A definition from elsewhere takes what it is given, as Elsa does; what one says about its input itself holds here as in the host.
        if (main.Profile.DeclaresInput && InputCheck.Check(main.Profile.InputSchema, input) is { } refused)
        {
            return RunResult.Refused(refused);
        }

        var runs = new MemoryRuns(definitions, _services, plugins, files);
        var ended = await runs.ExecuteAsync(main, input, request.Resume, ct);
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

    private async Task<ScenarioDefinition?> ReadAsync(byte[] json, ScenarioDefinition[] library, List<Finding> findings, CancellationToken ct)
    {
        var reading = DefinitionIntake.Read(json, library: library);
        if (reading.Definition is not { } definition)
        {
            findings.AddRange(reading.Findings);
            return null;
        }

        if (definition.Nodes.Any(n => n.ComponentId is not null))
        {
            await plugins.LoadAsync(ct);
        }

        findings.AddRange(ScenarioValidator.Validate(definition, plugins));
        return definition;
    }
}
