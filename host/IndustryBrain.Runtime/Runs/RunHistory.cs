using System.Text.Json;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Runs.Control;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Runs;

/// <summary>Folds the events of a run into what people see. Used on the recorded stream and, by the executing node, on events not yet committed. Not thread-safe.</summary>
internal sealed class RunHistory(Guid id, Func<string, LocalizedText> nameOfNode, Func<string, string> kindOfType)
{
    /// <summary>Steps that a view carries; a run may have many more.</summary>
    public const int MaxSteps = 2_000;

    private const int MaxLog = 200;
    private const int MaxEarlier = 50;
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    private readonly List<StepView> _steps = [];
    private readonly Dictionary<string, int> _positions = [];
    private readonly List<string> _lines = [];
    private readonly List<Guid> _requests = [];
    private readonly List<AnswerGiven> _answers = [];
    private readonly List<RepairView> _repairs = [];
    private readonly List<RunIntervention> _interventions = [];
    private RunPause? _pause;
    private RunTermination? _terminated;
    private RunAccepted? _accepted;
    private string _status = RunStatuses.Running;
    private string _subStatus = RunStatuses.Pending;
    private JsonElement _output = Nothing;
    private IReadOnlyList<IncidentView> _incidents = [];
    private string? _name;
    private string? _correlationId;
    private DateTimeOffset? _finishedAt;
    private int _stepCount;
    private int? _version;

    public long Revision { get; private set; }

    public int StepCount => _stepCount;

    public bool HasEnded => _status == RunStatuses.Finished;

    /// <summary>The step that last took a request; null when only the one that started the run was taken.</summary>
    public string? ServingStepId { get; private set; }

    public StepView? Find(string stepId) => _positions.TryGetValue(stepId, out var position) ? _steps[position] : null;

    public void Apply(object entry)
    {
        Revision++;
        switch (entry)
        {
            case RunAccepted e:
                (_accepted, _correlationId) = (e, e.CorrelationId);
                if (e.Pause is { } before)
                    Paused(before);
                break;
            case RunTakenOver:
                _subStatus = RunStatuses.Executing;
                break;
            case StepBegan e:
                Started(e.StepId, e.NodeId, e.Type, e.At, e.Input, e.Attempt ?? 1);
                break;
            case StepEnded e:
                Ended(e);
                break;
            case StepWaits e:
                Change(e.StepId, step => step with { State = StepStates.Suspended, FinishedAt = null, WaitsFor = WaitsFor(e), Due = e.Due });
                break;
            case StepContinued e:
                _subStatus = RunStatuses.Executing;
                Change(e.StepId, step => step with { State = StepStates.Running, WaitsFor = null, Due = null });
                if (e.RequestId is { } request)
                {
                    ServingStepId = e.StepId;
                    _requests.Add(request);
                }

                break;
            case AnswerGiven e:
                _answers.Add(e);
                break;
            case ChildAskedFor e:
                Change(e.StepId, step => step with { ChildRunId = e.RunId });
                break;
            case LineRecorded e:
                _lines.Add(e.Text);
                break;
            case RunPaused e:
                (_subStatus, _output, _incidents, _name, _correlationId) = (e.SubStatus, e.Output, e.Incidents, e.Name, e.CorrelationId);
                break;
            case RunRepaired e:
                (_status, _subStatus, _incidents, _finishedAt) = (RunStatuses.Running, RunStatuses.Pending, e.Incidents, null);
                _version = e.Version ?? _version;
                _repairs.Add(new(e.Kind, e.Steps, e.By, e.At, e.Comment, e.Version));
                break;
            case PauseBegan e:
                Paused(e.Pause);
                break;
            case PauseEnded e:
                (_subStatus, _pause) = (RunStatuses.Pending, null);
                _interventions.Add(new("resume", e.By, e.At, e.Reason));
                break;
            case RunEnded e:
                (_subStatus, _output, _incidents, _name, _correlationId) = (e.SubStatus, e.Output, e.Incidents, e.Name, e.CorrelationId);
                (_status, _finishedAt, _pause) = (RunStatuses.Finished, e.At, null);
                if (e.Terminated is { } terminated)
                    Terminated(terminated, e.At);
                break;
        }
    }

    /// <summary>Somebody wants the run to be held, which a step under way still keeps from it; null when they want it no more.</summary>
    public void Asked(RunPause? pause)
    {
        _pause = pause;
        Revision++;
    }

    /// <summary>How the executing run stands between two commits.</summary>
    public void Stands(string subStatus, JsonElement output, IReadOnlyList<IncidentView> incidents, string? name, string? correlationId)
    {
        (_subStatus, _output, _incidents, _name, _correlationId) = (subStatus, output, incidents, name, correlationId);
        Revision++;
    }

    public void Progressed(string stepId, double fraction, LocalizedText? message)
    {
        Revision++;
        Change(stepId, step => step with { Progress = Math.Clamp(double.IsNaN(fraction) ? 0 : fraction, 0, 1), ProgressText = message });
    }

    public void Logged(string stepId, DateTimeOffset at, ComponentLogLevel level, string message)
    {
        Revision++;
        Change(stepId, step => step with { Log = [.. step.Log.Skip(Math.Max(0, step.Log.Count - MaxLog + 1)), new(at, JsonNamingPolicy.CamelCase.ConvertName(level.ToString()), message)] });
    }

    public RunView? ToView() => _accepted is not { } accepted ? null : new(
        id,
        accepted.DefinitionId,
        accepted.ScenarioName,
        _version ?? accepted.Version,
        _status,
        _subStatus,
        accepted.Input,
        _output,
        [.. _lines],
        _incidents,
        [.. _steps],
        _name,
        _correlationId,
        accepted.At,
        _finishedAt,
        accepted.StartedBy)
    {
        StepCount = _stepCount,
        Environment = accepted.Environment ?? ScenarioEnvironments.Production,
        ParentRunId = accepted.Parent?.RunId,
        ParentStepId = accepted.Parent?.StepId,
        Revision = Revision,
        Repairs = [.. _repairs],
        Pause = _pause,
        Terminated = _terminated,
        Interventions = [.. _interventions],
        TakenRequests = [.. _requests],
        Answers = [.. _answers],
    };

    private void Paused(RunPause pause)
    {
        (_subStatus, _pause) = (RunStatuses.Paused, pause);
        _interventions.Add(new("pause", pause.By, pause.At, pause.Reason));
    }

    private void Terminated(RunTermination terminated, DateTimeOffset at)
    {
        _terminated = terminated;
        _interventions.Add(new("terminate", terminated.By, at, terminated.Reason));
        for (var i = 0; i < _steps.Count; i++)
        {
            if (_steps[i].State is StepStates.Running or StepStates.Suspended)
                _steps[i] = _steps[i] with { State = StepStates.Cancelled, FinishedAt = at, Progress = null, ProgressText = null, WaitsFor = null, Due = null };
        }
    }

    private void Started(string stepId, string nodeId, string type, DateTimeOffset? at, JsonElement? input, int attempt)
    {
        if (_subStatus == RunStatuses.Pending)
            _subStatus = RunStatuses.Executing;
        StepView begun = new(stepId, nodeId, type, nameOfNode(nodeId), kindOfType(type), StepStates.Running, at, null, input, null, null, null, null, null, null) { Attempt = attempt };
        if (_positions.TryGetValue(stepId, out var position))
        {
            _steps[position] = Further(_steps[position], begun);
            return;
        }

        if (attempt == 1)
            _stepCount++;
        if (_steps.Count == MaxSteps)
            return;
        _positions[stepId] = _steps.Count;
        _steps.Add(begun);
    }

    // A step that goes on after it was given up with its run is still the same attempt.
    private static StepView Further(StepView before, StepView begun) => begun with
    {
        Log = before.Log,
        ChildRunId = before.ChildRunId,
        Earlier = before.Attempt == begun.Attempt
            ? before.Earlier
            : [.. before.Earlier.Skip(Math.Max(0, before.Earlier.Count - MaxEarlier + 1)), new(before.Attempt, before.StartedAt, before.FinishedAt, before.Failure)],
    };

    private void Ended(StepEnded e)
    {
        if (e.StartedAt is not null && (Find(e.StepId) is not { } known || known.Attempt < (e.Attempt ?? 1)))
            Started(e.StepId, e.NodeId, e.Type, e.StartedAt, e.Input, e.Attempt ?? 1);
        Change(e.StepId, step => step with
        {
            State = e.State,
            FinishedAt = e.At,
            Output = e.Output,
            // One that is skipped still says what was wrong with it.
            Failure = e.Failure ?? (e.State == StepStates.Skipped ? step.Failure : null),
            Progress = null,
            ProgressText = null,
            WaitsFor = null,
            Due = null,
        });
    }

    private void Change(string stepId, Func<StepView, StepView> change)
    {
        if (_positions.TryGetValue(stepId, out var position))
            _steps[position] = change(_steps[position]);
    }

    // What arrives from outside has the activity in its name already.
    private static string WaitsFor(StepWaits e) =>
        e.EventName is not { } name ? e.WaitsFor : name.StartsWith($"{e.WaitsFor}:", StringComparison.Ordinal) ? name : $"{e.WaitsFor}:{name}";
}
