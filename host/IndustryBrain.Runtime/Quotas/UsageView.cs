namespace IndustryBrain.Runtime.Quotas;

/// <summary>What an organization may use; 0 stands for no limit of this kind.</summary>
/// <param name="ConcurrentRuns">Runs that are executed at the same time.</param>
/// <param name="OpenRuns">Runs that have not ended.</param>
/// <param name="StepsPerDay">Steps on one day (UTC).</param>
/// <param name="StepsPerRun">Steps of one run.</param>
/// <param name="PayloadBytes">Bytes of the input of one run.</param>
/// <param name="StoredBytes">Bytes of files, journals of runs and archived runs.</param>
public sealed record QuotaLimits(int ConcurrentRuns, long OpenRuns, long StepsPerDay, int StepsPerRun, int PayloadBytes, long StoredBytes)
{
    internal bool IsOpen => OpenRuns == 0 && StepsPerDay == 0 && StoredBytes == 0;
}

/// <summary>What an organization uses, and may use.</summary>
/// <param name="Limits">What it may.</param>
/// <param name="Executing">Runs that are executed now.</param>
/// <param name="Queued">Runs that wait for their turn.</param>
/// <param name="Waiting">Runs that wait for something.</param>
/// <param name="Paused">Runs that somebody holds.</param>
/// <param name="StoredBytes">Bytes of files, journals of runs and archived runs.</param>
/// <param name="Days">What it used on the last days, the latest first.</param>
/// <param name="At">When this was counted.</param>
public sealed record UsageView(QuotaLimits Limits, long Executing, long Queued, long Waiting, long Paused, long StoredBytes, IReadOnlyList<DayUsage> Days, DateTimeOffset At)
{
    /// <summary>Runs that have not ended.</summary>
    public long OpenRuns => Executing + Queued + Waiting + Paused;

    /// <summary>Steps of today (UTC).</summary>
    public long StepsToday => Days.FirstOrDefault(d => d.Day == DateOnly.FromDateTime(At.UtcDateTime))?.Steps ?? 0;
}

/// <summary>What was used on one day.</summary>
/// <param name="Day">The day (UTC).</param>
/// <param name="Runs">Runs that were accepted.</param>
/// <param name="Steps">Steps that began, each attempt counted.</param>
public sealed record DayUsage(DateOnly Day, long Runs, long Steps);
