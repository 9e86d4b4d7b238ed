namespace IndustryBrain.Sdk.Testing.Conformance;

/// <summary>A component breaks a rule; the message says in both languages which, where, and how to mend it.</summary>
public sealed class ConformanceException : Exception
{
    internal ConformanceException(LocalizedText broken, LocalizedText mend)
        : base($"{broken.Zh}{mend.Zh}\n{broken.En} {mend.En}") => (Broken, Mend) = (broken, mend);

    /// <summary>What is wrong.</summary>
    public LocalizedText Broken { get; }

    /// <summary>How to mend it.</summary>
    public LocalizedText Mend { get; }
}
