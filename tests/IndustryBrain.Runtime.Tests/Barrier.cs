namespace IndustryBrain.Runtime.Tests;

/// <summary>Holds a host's transactions at a statement, until it is opened.</summary>
internal sealed class Barrier(Npgsql.NpgsqlDataSource source, Npgsql.NpgsqlConnection holder) : IAsyncDisposable
{
    private const string Name = "barrier";

    /// <summary>Counts the transactions that stand at it.</summary>
    public const string Standing = "select count(*) from pg_locks where locktype = 'advisory' and objid = 7700 and not granted and database = (select oid from pg_database where datname = current_database())";

    /// <param name="connectionString">The database.</param>
    /// <param name="statement">The statement, such as <c>insert on run_command</c>.</param>
    /// <param name="condition">The rows, such as <c>new.kind = 'child'</c>.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Barrier> CloseAsync(string connectionString, string statement, string condition, CancellationToken ct)
    {
        var source = Npgsql.NpgsqlDataSource.Create(connectionString);
        var holder = await source.OpenConnectionAsync(ct);
        await using var command = holder.CreateCommand();
        command.CommandText = $"""
            select pg_advisory_lock(7700);
            create function {Name}() returns trigger language plpgsql as $$
            begin
                perform pg_advisory_xact_lock_shared(7700);
                if tg_op = 'DELETE' then return old; end if;
                return new;
            end $$;
            create trigger {Name} before {statement} for each row when ({condition}) execute function {Name}();
            """;
        await command.ExecuteNonQueryAsync(ct);
        return new(source, holder);
    }

    /// <summary>Lets everything pass, now and later.</summary>
    public ValueTask OpenAsync() => DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        // The connection would keep the lock in the pool.
        Npgsql.NpgsqlConnection.ClearPool(holder);
        await holder.DisposeAsync();
        await source.DisposeAsync();
    }
}
