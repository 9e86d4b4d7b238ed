namespace IndustryBrain.Sdk
{
    /// <summary>One text in two languages, for what is shared with the audit.</summary>
    /// <param name="Zh">The Chinese text.</param>
    /// <param name="En">The English text.</param>
    public sealed record LocalizedText(string Zh, string En);
}

namespace System.Runtime.CompilerServices
{
    /// <summary>What records need, and this framework lacks.</summary>
    internal static class IsExternalInit;
}
