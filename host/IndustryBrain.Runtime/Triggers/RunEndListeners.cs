using IndustryBrain.Runtime.Library;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Triggers;

/// <summary>The scenarios whose ends somebody waits for, as this node last read them: again when somebody has published, and now and then in case news got lost. So an end that nobody waits for costs nothing.</summary>
internal sealed class RunEndListeners(Database database, PublishedScenarios published, TimeProvider time)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    private Known? _known;

    /// <summary>True when in the environment of this key the end of a run of this scenario starts a run, or one waits for it.</summary>
    public async ValueTask<bool> HasAsync(string scope, string definitionId, CancellationToken ct)
    {
        if (_known is not { } known || known.Forgotten != published.Forgotten || time.GetElapsedTime(known.ReadAt) >= KeptFor)
            _known = known = await ReadAsync(ct);
        return known.Scenarios.Contains((scope, definitionId));
    }

    private async Task<Known> ReadAsync(CancellationToken ct)
    {
        var (forgotten, at) = (published.Forgotten, time.GetTimestamp());
        await using var command = database.DataSource.CreateCommand("select distinct organization, said from scenario_trigger where kind = 'run'");
        await using var reader = await command.ExecuteReaderAsync(ct);
        HashSet<(string, string)> scenarios = [];
        while (await reader.ReadAsync(ct))
        {
            // The outcome stands behind the last blank.
            var said = reader.GetString(1);
            scenarios.Add((reader.GetString(0), said[..said.LastIndexOf(' ')]));
        }

        return new(scenarios, forgotten, at);
    }

    private sealed record Known(IReadOnlySet<(string Scope, string DefinitionId)> Scenarios, long Forgotten, long ReadAt);
}
