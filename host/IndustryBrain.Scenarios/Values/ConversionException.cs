using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Values;

/// <summary>A conversion that faults the activity, as opposed to one that gives the type's default.</summary>
internal sealed class ConversionException(LocalizedText what) : Exception(what.En)
{
    /// <summary>What does not convert, as a sentence.</summary>
    public LocalizedText What { get; } = what;
}
