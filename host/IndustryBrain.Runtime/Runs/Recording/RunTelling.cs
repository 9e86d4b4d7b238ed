using IndustryBrain.Storage.Auditing;

namespace IndustryBrain.Runtime.Runs.Recording;

/// <summary>What somebody tells a run, on its way into the run's inbox.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Organization">Its organization; a run of another one is not told.</param>
/// <param name="Kind">Kind of the entry.</param>
/// <param name="Body">The entry.</param>
/// <param name="Audit">Who tells it.</param>
/// <param name="Node">The node that goes on with the run at once when it waits; null to leave it to any.</param>
internal sealed record RunTelling(Guid RunId, string Organization, string Kind, string Body, AuditRecord Audit, Guid? Node);
