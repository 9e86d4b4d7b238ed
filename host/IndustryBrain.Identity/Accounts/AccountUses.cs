using IndustryBrain.Identity.SignIn;
using IndustryBrain.Storage;
using Marten;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Identity.Accounts;

/// <summary>When people last signed in.</summary>
internal sealed class AccountUses(Database database, TimeProvider time)
{
    private const string Noting = "on conflict (person) do update set at = excluded.at";

    internal async Task NoteAsync(string person, CancellationToken ct)
    {
        await using var command = database.DataSource.CreateCommand($"insert into account_use (person, at) values ($1, $2) {Noting}");
        command.Parameters.Add(new() { Value = person });
        command.Parameters.Add(new() { Value = time.GetUtcNow() });
        await command.ExecuteNonQueryAsync(ct);
    }

    internal static void Note(IDocumentSession session, string person, DateTimeOffset now) => session.QueueSqlCommand($"insert into account_use (person, at) values (?, ?) {Noting}", person, now);

    internal async Task<DateTimeOffset?> FindAsync(string person, CancellationToken ct)
    {
        await using var command = database.DataSource.CreateCommand("select at from account_use where person = $1");
        command.Parameters.Add(new() { Value = person });
        return await command.ExecuteScalarAsync(ct) is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : null;
    }

    /// <summary>The accounts that nobody signed in with since then, and no key of theirs was used. One that is seen for the first time counts from now.</summary>
    internal async Task<IReadOnlyList<string>> UnusedSinceAsync(DateTimeOffset since, CancellationToken ct)
    {
        await using (var begin = database.DataSource.CreateCommand("insert into account_use (person, at) select id, $1 from mt_doc_account on conflict do nothing"))
        {
            begin.Parameters.Add(new() { Value = time.GetUtcNow() });
            await begin.ExecuteNonQueryAsync(ct);
        }

        await using var command = database.DataSource.CreateCommand("""
            select a.id from mt_doc_account a join account_use u on u.person = a.id
            where u.at < $1 and a.data ->> 'disabledAt' is null and not exists (
                select from mt_doc_apikey k join mt_doc_apikeyuse l on l.id = k.id where k.data ->> 'person' = a.id and (l.data ->> 'at')::timestamptz >= $1)
            order by a.id
            """);
        command.Parameters.Add(new() { Value = since });
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<string> people = [];
        while (await reader.ReadAsync(ct)) people.Add(reader.GetString(0));
        return people;
    }
}

/// <summary>Disables accounts that nobody used for <see cref="SignInOptions.UnusedDays"/>; the last administrators of their kind stay.</summary>
internal sealed partial class UnusedAccounts(AccountUses uses, AccountDesk desk, IOptions<SignInOptions> options, IHostEnvironment environment, TimeProvider time, ILogger<UnusedAccounts> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly Caller Platform = new(Organizations.PlatformOrganization.Id, new Actor(ActorKind.System, "unused-accounts", "unused-accounts"), "host");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The people of Development are there to be used whenever somebody likes.
        if (options.Value.UnusedDays == 0 || environment.IsDevelopment()) return;
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await PassAsync(stoppingToken);
            }
            catch (Exception e) when (DatabaseOutage.IsOutage(e))
            {
                LogOutage(logger, e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task PassAsync(CancellationToken ct)
    {
        foreach (var person in await uses.UnusedSinceAsync(time.GetUtcNow().AddDays(-options.Value.UnusedDays), ct)) await desk.DisableAsync(Platform, person, "account.disable-unused", ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Unused accounts are looked for again in an hour: {Reason}")]
    private static partial void LogOutage(ILogger logger, string reason);
}
