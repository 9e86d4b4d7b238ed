using Npgsql;

namespace IndustryBrain.Storage.Backups;

/// <summary>Reads from the catalog how a database is laid out: whatever is there, so that a backup of an older program is restored as it was, and migrated by the next start like any other.</summary>
internal static class SchemaReader
{
    internal const string Own = "n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'";

    private const string NotOfAnExtension = "not exists (select from pg_depend x where x.objid = {0}.oid and x.deptype = 'e')";

    // What no room makes, and so no backup knows how to make again.
    private static readonly string Unknown =
        $"""
        select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where {Own} and c.relkind in ('v', 'm', 'f', 'p') and {Of("c")}
        union all select n.nspname || '.' || t.typname from pg_type t join pg_namespace n on n.oid = t.typnamespace where {Own} and t.typtype in ('e', 'd', 'r') and {Of("t")}
        union all select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where {Own} and c.relkind = 'r' and (c.relrowsecurity or c.relhasrules or c.relispartition or c.relpersistence <> 'p')
        union all select n.nspname || '.' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where {Own} and p.prokind in ('a', 'w') and {Of("p")}
        limit 1
        """;

    private static readonly string Before =
        $"""
        select 'create schema if not exists ' || quote_ident(n.nspname) from pg_namespace n where {Own}
        union all select 'create extension if not exists ' || quote_ident(extname) || ' schema ' || quote_ident(n.nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace where extname <> 'plpgsql'
        """;

    private const string SequenceOptions =
        "' start ' || s.seqstart || ' increment ' || s.seqincrement || ' minvalue ' || s.seqmin || ' maxvalue ' || s.seqmax || ' cache ' || s.seqcache || case when s.seqcycle then ' cycle' else '' end";

    private static readonly string Sequences =
        $"""
        select 'create sequence ' || c.oid::regclass || ' as ' || format_type(s.seqtypid, null) || {SequenceOptions}
        from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace
        where {Own} and not exists (select from pg_depend d where d.objid = c.oid and d.deptype in ('i', 'e')) order by 1
        """;

    private static readonly string Functions = $"select pg_get_functiondef(p.oid) from pg_proc p join pg_namespace n on n.oid = p.pronamespace where {Own} and {Of("p")} order by p.oid";

    private static readonly string Tables =
        $"""
        select c.oid::regclass::text, string_agg(quote_ident(a.attname), ', ' order by a.attnum) filter (where a.attgenerated = ''),
          'create table ' || c.oid::regclass || ' (' || string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
            || case when a.attcollation <> t.typcollation then ' collate ' || quote_ident(ln.nspname) || '.' || quote_ident(l.collname) else '' end
            || case when a.attgenerated <> '' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ')' || case when a.attgenerated = 's' then ' stored' else '' end
                    when a.attidentity <> '' then ' generated ' || case when a.attidentity = 'a' then 'always' else 'by default' end || ' as identity (sequence name ' || i.oid::regclass || {SequenceOptions} || ')'
                    when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end
            || case when a.attnotnull then ' not null' else '' end, ', ' order by a.attnum) || ')'
            || case when c.reloptions is null then '' else ' with (' || array_to_string(c.reloptions, ', ') || ')' end,
          array_agg(format('alter table %s alter column %I set storage %s', c.oid::regclass, a.attname, case a.attstorage when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' else 'extended' end)) filter (where a.attstorage <> t.typstorage)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
          join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid
          left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
          left join pg_collation l on l.oid = a.attcollation left join pg_namespace ln on ln.oid = l.collnamespace
          left join pg_depend own on own.refobjid = c.oid and own.refobjsubid = a.attnum and own.deptype = 'i' and own.classid = 'pg_class'::regclass and a.attidentity <> ''
          left join pg_class i on i.oid = own.objid left join pg_sequence s on s.seqrelid = i.oid
        where {Own} and c.relkind = 'r' and {Of("c")}
        group by c.oid, c.reloptions order by 1
        """;

    // Those that others refer to come before these.
    private static readonly string After =
        $"""
        select statement from (
          select 1 as place, 'alter table ' || k.conrelid::regclass || ' add constraint ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid) as statement
          from pg_constraint k join pg_namespace n on n.oid = k.connamespace where {Own} and k.contype in ('p', 'u', 'c', 'x') and k.conrelid <> 0
          union all select 2, pg_get_indexdef(x.indexrelid) from pg_index x join pg_class c on c.oid = x.indrelid join pg_namespace n on n.oid = c.relnamespace
          where {Own} and not exists (select from pg_constraint k where k.conindid = x.indexrelid and k.contype in ('p', 'u', 'x'))
          union all select 3, 'alter table ' || k.conrelid::regclass || ' add constraint ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid)
          from pg_constraint k join pg_namespace n on n.oid = k.connamespace where {Own} and k.contype = 'f'
          union all select 4, 'alter sequence ' || c.oid::regclass || ' owned by ' || d.refobjid::regclass || '.' || quote_ident(a.attname)
          from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_depend d on d.objid = c.oid and d.deptype = 'a' and d.classid = 'pg_class'::regclass
            join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid where {Own} and c.relkind = 'S'
          union all select 5, pg_get_triggerdef(g.oid) from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace where {Own} and not g.tgisinternal
          union all select 6, format('alter table %s %s trigger %I', g.tgrelid::regclass, case g.tgenabled when 'D' then 'disable' when 'R' then 'enable replica' else 'enable always' end, g.tgname)
          from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace where {Own} and not g.tgisinternal and g.tgenabled <> 'O') all_of_them
        order by place, statement
        """;

    private static readonly string AllSequences = $"select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where {Own} and c.relkind = 'S' and {Of("c")} order by 1";

    /// <summary>Reads it in the transaction of the connection, and keeps the tables from being changed until that ends; IB6005 for what cannot be made again.</summary>
    internal static async Task<SchemaScript> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        // Every name then comes with its schema.
        await ExecuteAsync(connection, "set local search_path to ''", ct);
        if ((await ListAsync(connection, Unknown, ct)) is [var unknown, ..])
        {
            throw new BackupFileException(BackupFailures.KindUnknown(unknown));
        }

        List<TableCopy> tables = [];
        List<string> make = [], storage = [];
        await using (var command = new NpgsqlCommand(Tables, connection))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                tables.Add(new(reader.GetString(0), reader.GetString(1)));
                make.Add(reader.GetString(2));
                storage.AddRange(reader.IsDBNull(3) ? [] : reader.GetFieldValue<string[]>(3));
            }
        }

        if (tables.Count > 0)
        {
            await ExecuteAsync(connection, $"lock table {string.Join(", ", tables.Select(t => t.Name))} in access share mode", ct);
        }

        List<string> before = [.. await ListAsync(connection, Before, ct), .. await ListAsync(connection, Sequences, ct), .. await ListAsync(connection, Functions, ct), .. make, .. storage];
        List<string> after = [.. await ListAsync(connection, After, ct)];
        foreach (var sequence in await ListAsync(connection, AllSequences, ct))
        {
            after.AddRange(await ListAsync(connection, $"select format('select setval(%L, %s, %L)', '{sequence.Replace("'", "''", StringComparison.Ordinal)}', last_value, is_called) from {sequence}", ct));
        }

        return new(before, tables, after);
    }

    internal static async Task<IReadOnlyList<string>> ListAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
#pragma warning disable CA2100 // Statements of this class; names come from the catalog, as it quotes them.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<string> list = [];
        while (await reader.ReadAsync(ct))
        {
            list.Add(reader.GetString(0));
        }

        return list;
    }

    internal static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
#pragma warning disable CA2100 // Likewise, or from a backup that proved itself.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }

    private static string Of(string alias) => NotOfAnExtension.Replace("{0}", alias, StringComparison.Ordinal);
}
