using IndustryBrain.Cli.Running;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Batches;

/// <summary>One entry of a batch.</summary>
/// <param name="Id">Its id; null when it gives none.</param>
/// <param name="Request">What to run, or why it cannot be run.</param>
internal sealed record BatchEntry(string? Id, Result<RunRequest> Request);
