using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Triggers;

/// <summary>What became of a trigger's firing.</summary>
/// <param name="RunId">The run; null when there is none.</param>
/// <param name="Refused">Why there is none.</param>
/// <param name="RetryAfter">After what time another try may succeed; zero when nobody can tell.</param>
/// <param name="MustWait">True when it is the platform that takes none now: whoever can wait tries again.</param>
internal sealed record TriggeredRun(Guid? RunId, Failure? Refused, TimeSpan RetryAfter, bool MustWait);
