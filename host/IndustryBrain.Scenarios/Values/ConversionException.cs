namespace IndustryBrain.Scenarios.Values;

/// <summary>A conversion that faults the activity, as opposed to one that gives the type's default.</summary>
internal sealed class ConversionException(string message) : Exception(message);
