using System.Collections.ObjectModel;

namespace IndustryBrain.Sdk.Components;

/// <summary>One entry of a step's log: a sentence, and what it is about as properties that a search can use.</summary>
/// <param name="Level">How severe it is.</param>
/// <param name="Message">The sentence; cut off beyond 4 096 characters.</param>
public sealed record ComponentLogEntry(ComponentLogLevel Level, string Message)
{
    /// <summary>Properties that an entry keeps; more are left out.</summary>
    public const int MaxProperties = 16;

    /// <summary>Values by name; names are cut off beyond 64 characters, values beyond 256.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The sentence with the properties in the places that name them, <c>{Station}</c>, and the others behind it, for whoever keeps text only.</summary>
    public override string ToString()
    {
        var (text, rest) = (Message, "");
        foreach (var (name, value) in Properties)
        {
            var place = $"{{{name}}}";
            if (Message.Contains(place, StringComparison.Ordinal))
            {
                text = text.Replace(place, value, StringComparison.Ordinal);
            }
            else
            {
                rest += $" {name}={value}";
            }
        }

        return text + rest;
    }
}
