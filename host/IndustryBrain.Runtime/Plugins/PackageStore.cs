using IndustryBrain.Storage;
using Marten;
using Npgsql;

namespace IndustryBrain.Runtime.Plugins;

/// <summary>The packages themselves, in the database by their digest: a node that lacks one takes it from here.</summary>
internal sealed class PackageStore(Database database)
{
    private const int ChunkBytes = 256 << 10;

    /// <summary>Stores a package in the session's transaction, which it begins; one that is there already stays.</summary>
    public static async Task StoreAsync(IDocumentSession session, string sha256, Stream package, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var known = new NpgsqlCommand("insert into plugin_package (sha256, size) values ($1, $2) on conflict do nothing returning size") { Parameters = { new() { Value = sha256 }, new() { Value = package.Length } } };
        await using (var inserted = await session.ExecuteReaderAsync(known, ct))
        {
            if (!await inserted.ReadAsync(ct))
                return;
        }

        package.Position = 0;
        var buffer = new byte[ChunkBytes];
        for (var number = 0; ; number++)
        {
            var read = await package.ReadAtLeastAsync(buffer, ChunkBytes, throwOnEndOfStream: false, ct);
            if (read == 0)
                return;
            await using var chunk = new NpgsqlCommand("insert into plugin_package_chunk (sha256, number, content) values ($1, $2, $3)")
            {
                Parameters = { new() { Value = sha256 }, new() { Value = number }, new() { Value = new ReadOnlyMemory<byte>(buffer, 0, read) } },
            };
            await session.ExecuteAsync(chunk, ct);
        }
    }

    /// <summary>Queues the statement that forgets a package of a plugin that has no record any more.</summary>
    public static void Delete(IDocumentSession session, string installation, string sha256) => session.QueueSqlCommand(
        "delete from plugin_package where sha256 = ? and not exists (select 1 from mt_doc_plugininstallation where id = ?)", sha256, installation);

    /// <summary>Queues the statement that forgets a package of a version that was removed.</summary>
    public static void Delete(IDocumentSession session, string sha256) => session.QueueSqlCommand("delete from plugin_package where sha256 = ?", sha256);

    /// <summary>Writes a package to a stream.</summary>
    /// <returns>False when it is not here.</returns>
    public async Task<bool> ReadAsync(string sha256, Stream to, CancellationToken ct)
    {
        var found = false;
        for (var number = 0; ; number++)
        {
            await using var command = database.DataSource.CreateCommand("select content from plugin_package_chunk where sha256 = $1 and number = $2");
            command.Parameters.Add(new() { Value = sha256 });
            command.Parameters.Add(new() { Value = number });
            if (await command.ExecuteScalarAsync(ct) is not byte[] content)
                return found;
            found = true;
            await to.WriteAsync(content, ct);
        }
    }
}
