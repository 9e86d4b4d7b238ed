using System.Text.Json;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Triggers;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Marten;

namespace IndustryBrain.Runtime.Library;

/// <content>How scenarios stand in environments.</content>
public sealed partial class ScenarioLibrary
{
    /// <summary>How a scenario stands in each environment. Refused: unknown (IB3001).</summary>
    public async Task<Result<IReadOnlyList<EnvironmentView>>> EnvironmentsAsync(Caller caller, string definitionId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _sessions.Query(caller.Organization);
        if (await LoadAsync(session, definitionId, cancellationToken) is not { } record)
            return RuntimeFailures.ScenarioUnknown(definitionId);
        List<EnvironmentView> views = [];
        foreach (var environment in ScenarioEnvironments.All)
            views.Add(await ViewAsync(session, record, environment, cancellationToken));
        return new(views);
    }

    /// <summary>
    /// Sets the parameters of a scenario in an environment, and whether its triggers start runs in test. New runs take them; those that go on keep what they began with.
    /// Refused: unknown (IB3001, IB3122), a parameter that is no input (IB3127) or does not fit (IB71xx, IB2020–IB2022), triggers of production (IB3128) or of a test environment without a version (IB3121), another revision than that they were made from (IB3161).
    /// </summary>
    /// <param name="caller">Who sets them.</param>
    /// <param name="definitionId">The scenario.</param>
    /// <param name="environment">test or production.</param>
    /// <param name="parameters">All parameters, an object; null to leave them.</param>
    /// <param name="startsByItself">Whether triggers and HTTP endpoints of the test environment start runs; null to leave it.</param>
    /// <param name="revision">The revision of the parameters that was seen; null changes whatever is there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<EnvironmentView>> ChangeEnvironmentAsync(Caller caller, string definitionId, string environment, JsonElement? parameters, bool? startsByItself, int? revision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!ScenarioEnvironments.All.Contains(environment, StringComparer.Ordinal))
            return VersionFailures.NoEnvironment(environment);
        if (environment == ScenarioEnvironments.Production && startsByItself is not null)
            return VersionFailures.AlwaysOn();
        await using var session = _sessions.Open(caller.Organization);
        if (await LoadAsync(session, definitionId, cancellationToken) is not { } record)
            return RuntimeFailures.ScenarioUnknown(definitionId);
        var version = record.VersionIn(environment) ?? record.Version;
        if (await _definitions.GetAsync(caller.Organization, record.Id, version, cancellationToken) is not { } definition)
            return RuntimeFailures.ScenarioUnknown(definitionId);
        if (parameters is { } given)
        {
            if (EnvironmentParameters.Check(definition, given) is { } refused)
                return refused;
            if (revision is { } seen && seen != record.RevisionOf(environment))
                return VersionFailures.ParametersChangedMeanwhile(record.Id, environment);
            record.Parameters = new Dictionary<string, JsonElement>(record.Parameters) { [environment] = given.Clone() };
            record.Revisions = new Dictionary<string, int>(record.Revisions) { [environment] = record.RevisionOf(environment) + 1 };
            session.Append(caller, "scenario.parameters", "scenario", $"{record.Id}/{environment}");
        }

        if (startsByItself is { } starts)
        {
            if (record.Test is not { } test)
                return VersionFailures.NotLive(record.Id, environment);
            record.Test = test with { StartsByItself = starts };
            TriggerStore.Replace(session, environment, record.Id, starts ? TriggersOf(definition, test.Endpoints) : [], _time.GetUtcNow());
            session.Append(caller, starts ? "scenario.triggers-on" : "scenario.triggers-off", "scenario", $"{record.Id}/{environment}");
        }

        session.Store(record);
        return (await ChangeAsync(session, record, cancellationToken)).TryGet(out _, out var failure) ? await ViewAsync(session, record, environment, cancellationToken) : failure;
    }

    private async Task<EnvironmentView> ViewAsync(IQuerySession session, ScenarioRecord record, string environment, CancellationToken ct)
    {
        var live = record.VersionIn(environment);
        var stored = live is { } version ? await FindAsync(session, record.Id, version, ct) : null;
        var definition = await _definitions.GetAsync(session.TenantId, record.Id, live ?? record.Version, ct);
        return new(
            environment,
            live,
            stored?.ComputeDigest(),
            live is not null && (environment == ScenarioEnvironments.Production || record.Test!.StartsByItself),
            record.ParametersOf(environment) ?? EnvironmentParameters.None,
            record.RevisionOf(environment),
            definition is null ? EnvironmentParameters.None : EnvironmentParameters.Partial(definition.Profile.InputSchema));
    }
}
