using System.Text.Json;
using IndustryBrain.Scenarios.Execution;

namespace IndustryBrain.Cli.Running;

/// <summary>Resumes whatever waits at once, the oldest first.</summary>
/// <param name="answers">What to resume with.</param>
/// <param name="resumed">Told of each; null when nobody listens.</param>
internal sealed class ResumeAll(ResumeAnswers answers, Action<Bookmark, JsonElement?>? resumed = null) : IResumption
{
    public bool ResumeNext(MemoryRuns runs)
    {
        foreach (var (run, bookmark) in runs.Waiting.Where(w => w.Bookmark.Name != "Elsa.HttpEndpoint"))
        {
            var answer = AnswerTo(bookmark);
            if (runs.Resume(run, bookmark, answer))
            {
                resumed?.Invoke(bookmark, answer);
                return true;
            }
        }

        return false;
    }

    private JsonElement? AnswerTo(Bookmark bookmark) => bookmark.EventName is { } name ? answers.Event(name)
        : MemoryRuns.TaskName(bookmark) is { } task ? answers.Task(task)
        : null;
}
