using IndustryBrain.Scenarios;

namespace IndustryBrain.Cli.Running;

/// <summary>What a run in memory meets.</summary>
/// <param name="Components">The components that it knows.</param>
/// <param name="Answers">What answers its calls.</param>
/// <param name="Time">Its clock.</param>
internal sealed record RunSurroundings(IComponentCatalog Components, IRunAnswers Answers, TimeProvider Time)
{
    /// <summary>What it goes on with when it waits; null leaves it waiting.</summary>
    public IResumption? Resumption { get; init; }

    /// <summary>Hears what happens; null when nobody listens.</summary>
    public Action<RunEvent>? Happened { get; init; }
}
