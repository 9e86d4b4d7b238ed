namespace IndustryBrain.Cli.Running;

/// <summary>Decides what runs that wait go on with.</summary>
internal interface IResumption
{
    /// <summary>Resumes what comes next; false when nothing more comes.</summary>
    bool ResumeNext(MemoryRuns runs);
}
