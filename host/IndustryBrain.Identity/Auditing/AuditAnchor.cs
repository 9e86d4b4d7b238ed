using System.Text;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Identity.Auditing;

/// <summary>The checkpoints outside the database: who cuts off the end of a chain there, checkpoints and all, is found out by them. Copy the folder to where the database's administrator cannot write.</summary>
internal sealed class AuditAnchor(IOptions<AuditOptions> options)
{
    private readonly string _checkpoints = Path.Combine(options.Value.Folder, "checkpoints.txt");
    private readonly string _heads = Path.Combine(options.Value.Folder, "heads.txt");

    /// <summary>Adds checkpoints for good.</summary>
    internal async Task AppendAsync(IReadOnlyCollection<AuditCheckpoint> checkpoints, CancellationToken ct)
    {
        if (checkpoints.Count > 0)
            await File.AppendAllLinesAsync(_checkpoints, checkpoints.Select(c => c.ToLine()), ct);
    }

    /// <summary>Keeps where each chain stands: instead of what was there before.</summary>
    internal async Task KeepHeadsAsync(IEnumerable<AuditCheckpoint> heads, CancellationToken ct)
    {
        var next = _heads + ".new";
        await File.WriteAllLinesAsync(next, heads.Select(h => h.ToLine()), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), ct);
        File.Move(next, _heads, overwrite: true);
    }

    /// <summary>Where the chains stood when this folder last heard of them.</summary>
    internal Task<IReadOnlyList<AuditCheckpoint>> ReadHeadsAsync(CancellationToken ct) => ReadFileAsync(_heads, ct);

    /// <summary>All checkpoints of an organization that this folder has, by number.</summary>
    internal async Task<IReadOnlyList<AuditCheckpoint>> ReadAsync(string organization, CancellationToken ct)
    {
        IEnumerable<AuditCheckpoint> all = [.. await ReadFileAsync(_checkpoints, ct), .. await ReadFileAsync(_heads, ct)];
        return [.. all.Where(c => c.Organization == organization).OrderBy(c => c.Seq)];
    }

    private static async Task<IReadOnlyList<AuditCheckpoint>> ReadFileAsync(string file, CancellationToken ct)
    {
        List<AuditCheckpoint> read = [];
        if (!File.Exists(file))
            return read;
        await foreach (var line in File.ReadLinesAsync(file, ct))
        {
            // A line that was being written when the power went is none.
            if (AuditCheckpoint.FromLine(line) is { } checkpoint)
                read.Add(checkpoint);
        }

        return read;
    }
}
