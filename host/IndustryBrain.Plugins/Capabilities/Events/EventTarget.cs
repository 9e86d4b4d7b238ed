using System.Buffers;

namespace IndustryBrain.Plugins.Capabilities.Events;

/// <summary>The name of an event; as a target <c>*</c> at its end stands for any rest.</summary>
internal static class EventTarget
{
    private const int MaxLength = 200;
    private static readonly SearchValues<char> Refused = SearchValues.Create([.. Enumerable.Range(0, 32).Select(c => (char)c), '\u007f', '*']);

    public static bool IsValid(string target) => target == "*" || IsName(target.EndsWith('*') ? target[..^1] : target);

    /// <summary>True for what an event may be called.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= MaxLength && !name.AsSpan().ContainsAny(Refused);

    public static bool Covers(string allowed, string wanted) =>
        allowed == wanted || (allowed.EndsWith('*') && wanted.StartsWith(allowed[..^1], StringComparison.Ordinal));
}
