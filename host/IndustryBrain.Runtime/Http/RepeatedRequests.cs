using IndustryBrain.Runtime.Runs.Execution;
using IndustryBrain.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace IndustryBrain.Runtime.Http;

/// <summary>The run and step that a request with a key was given to.</summary>
internal sealed record GivenRequest(Guid RunId, string StepId);

/// <summary>Knows requests with a key of the caller's own again that went to a run which waited for them.</summary>
internal sealed class RepeatedRequests(Database database, IOptions<HttpOptions> options, TimeProvider time)
{
    private const string Find = "select run_id, step_id from http_request where id = $1 and organization = $2 and until > $3";
    private const string Claim = """
        insert into http_request as r (id, organization, run_id, step_id, until) values ($1, $2, $4, $5, $6)
        on conflict (id) do update set run_id = excluded.run_id, step_id = excluded.step_id, until = excluded.until where r.until <= $3
        returning run_id, step_id
        """;

    /// <summary>The request's id, the same for whoever says the same of it.</summary>
    public static Guid IdOf(string organization, params ReadOnlySpan<string> words) => ChildAdmission.IdOf($"{organization}\nrequest\n{string.Join('\n', words)}");

    /// <summary>What a request was given to; null when it comes for the first time.</summary>
    public async Task<GivenRequest?> FindAsync(string organization, Guid id, CancellationToken ct)
    {
        await using var command = Command(Find, organization, id);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new(reader.GetGuid(0), reader.GetString(1)) : null;
    }

    /// <summary>Puts on record what a request is given to.</summary>
    /// <returns>What stands there: something else when the same request came at the same time.</returns>
    public async Task<GivenRequest> ClaimAsync(string organization, Guid id, GivenRequest given, CancellationToken ct)
    {
        await using (var command = Command(Claim, organization, id))
        {
            command.Parameters.Add(new() { Value = given.RunId });
            command.Parameters.Add(new() { Value = given.StepId });
            command.Parameters.Add(new() { Value = time.GetUtcNow().AddHours(options.Value.RepeatHours).UtcDateTime });
            if (await command.ExecuteScalarAsync(ct) is not null)
                return given;
        }

        return await FindAsync(organization, id, ct) ?? given;
    }

    private NpgsqlCommand Command(string sql, string organization, Guid id)
    {
        var command = database.DataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = OrganizationId.Require(organization) });
        command.Parameters.Add(new() { Value = time.GetUtcNow().UtcDateTime });
        return command;
    }
}
