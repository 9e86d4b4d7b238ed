namespace IndustryBrain.Plugins.Capabilities;

/// <summary>The run that a call belongs to, said by the context of the call where there is one.</summary>
internal interface IRunScope
{
    /// <summary>Name of the environment; null outside of a run.</summary>
    string? Environment { get; }

    /// <summary>Id of the run; null outside of one.</summary>
    Guid? RunId { get; }
}
