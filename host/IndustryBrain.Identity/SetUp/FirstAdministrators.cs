using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Marten;

namespace IndustryBrain.Identity.SetUp;

/// <summary>Makes the three administrators, each by a link of their own: account, role and second factor at once or not at all.</summary>
internal sealed class FirstAdministrators(SetUpLinks links, SetUpState state, AccountRegister accounts, SecondFactors factors, Database database, TimeProvider time)
{
    /// <summary>Makes the administrator of a link.</summary>
    /// <returns>Recovery codes, which are shown once; or IB4039, IB4023, IB4038 or what accounts are refused for.</returns>
    internal async Task<Result<IReadOnlyList<string>>> MakeAsync(string token, string userName, string name, string password, string again, string code, string source, CancellationToken ct)
    {
        if (!(await links.FindAsync(token, ct)).TryGet(out var link, out var failure)) return failure;
        if (password != again) return SignInFailures.PasswordsDiffer;
        if (TimeCodes.FindStep(link.Secret, string.Concat(code.Where(char.IsAsciiDigit)), time.GetUtcNow()) is not { } step) return SignInFailures.CodeWrong;

        // Who holds the row makes the administrator; whoever comes by another link of the role waits for it, and finds it taken.
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var lockRole = new Npgsql.NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 4039))", connection);
        lockRole.Parameters.Add(new() { Value = link.Role });
        await lockRole.ExecuteNonQueryAsync(ct);
        if (!(await state.MissingAsync(ct)).Contains(link.Role)) return SignInFailures.LinkInvalid;

        var caller = new Caller(PlatformOrganization.Id, new Actor(ActorKind.System, "set-up", "set-up"), source);
        var made = await accounts.CreateAsync(
            caller, userName, name, password,
            (session, account) =>
            {
                session.Store(new Membership(account.Id, PlatformOrganization.Id, [link.Role], time.GetUtcNow()));
                session.Append(caller, "administrator.make", "account", account.Id, label: link.Role);
                session.QueueSqlCommand("delete from set_up_link where role = ?", link.Role);
                session.QueueSqlCommand("insert into second_factor (person, secret, confirmed_at, last_step) values (?, ?, ?, ?)", account.Id, factors.Encrypt(account.Id, link.Secret), time.GetUtcNow(), step);
            },
            ct);
        if (!made.TryGet(out var administrator, out failure)) return failure;
        state.Forget();
        return new Result<IReadOnlyList<string>>(await factors.RenewRecoveryCodesAsync(administrator.Id, Audit.Compose(time.GetUtcNow(), caller, "factor.renew-codes", "account", administrator.Id), ct));
    }
}
