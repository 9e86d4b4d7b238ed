using System.Text.Json;
using IndustryBrain.Cli.Running;
using IndustryBrain.Scenarios.Execution;

namespace IndustryBrain.Cli.Testing;

/// <summary>Goes on with the answers of a fixture, and with its timers as the clock is moved on.</summary>
internal sealed class FixtureResumption : IResumption
{
    private readonly VirtualClock _clock;
    private readonly DateTimeOffset _start;
    private readonly DateTimeOffset _end;
    private readonly List<FixtureAnswer> _left;

    public FixtureResumption(ScenarioFixture fixture, VirtualClock clock)
    {
        (_clock, _start) = (clock, clock.GetUtcNow());
        _end = fixture.Clock?.For is { } limit && limit < DateTimeOffset.MaxValue - _start ? _start + limit : DateTimeOffset.MaxValue;
        _left = [.. fixture.Answers ?? []];
    }

    /// <summary>Answers that nothing waited for.</summary>
    public IReadOnlyList<FixtureAnswer> Left => _left;

    public bool ResumeNext(MemoryRuns runs)
    {
        // The clock is only moved where nothing can go on at the time it shows.
        while (true)
        {
            var waiting = runs.Waiting.ToList();
            if (Give(runs, waiting) || Fire(runs, waiting))
            {
                return true;
            }

            var next = waiting.Select(w => w.Bookmark.Due).OfType<DateTimeOffset>().Concat(_left.Where(a => At(a) > _clock.GetUtcNow()).Select(At)).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
            if (next > _end || next == DateTimeOffset.MaxValue)
            {
                return false;
            }

            _clock.MoveTo(next);
        }
    }

    private bool Give(MemoryRuns runs, List<(MemoryRun Run, Bookmark Bookmark)> waiting)
    {
        foreach (var answer in _left.Where(a => At(a) <= _clock.GetUtcNow()))
        {
            var meant = waiting.Where(w => Means(answer, w.Bookmark)).ToList();

            // An event reaches all that wait for it; a task, a person or a timer is one.
            var resumed = (answer.Event is null ? meant.Take(1) : meant).Count(w => runs.Resume(w.Run, w.Bookmark, answer.Payload));
            if (resumed > 0)
            {
                _left.Remove(answer);
                return true;
            }
        }

        return false;
    }

    private bool Fire(MemoryRuns runs, List<(MemoryRun Run, Bookmark Bookmark)> waiting) =>
        waiting.Where(w => w.Bookmark.Due <= _clock.GetUtcNow()).OrderBy(w => w.Bookmark.Due).Any(w => runs.Resume(w.Run, w.Bookmark, null));

    private DateTimeOffset At(FixtureAnswer answer) => answer.After is { } after && after < DateTimeOffset.MaxValue - _start ? _start + after : _start;

    private static bool Means(FixtureAnswer answer, Bookmark bookmark) =>
        answer.Event is { } name ? bookmark.EventName == name
        : answer.Task is { } task ? MemoryRuns.TaskName(bookmark) == task
        : NodeNames.Means(answer.Node!, bookmark.NodeId);
}
