using System.Text.Json;

namespace IndustryBrain.Sdk.Testing.Conformance;

/// <summary>What a call came to, to be compared with that of another.</summary>
internal static class CallOutcome
{
    /// <summary>How a call differs from an earlier one with the same input; null when it does not. Where the component is not deterministic only success and failure are compared.</summary>
    public static string? Difference(ComponentCall expected, ComponentCall found, bool isDeterministic)
    {
        if (expected.Failure is not null || found.Failure is not null)
        {
            return expected.Failure?.Code == found.Failure?.Code ? null : $"$: {expected.Failure?.Code ?? "OK"} → {found.Failure?.Code ?? "OK"}";
        }

        return isDeterministic ? JsonDifference.Of(expected.Output, found.Output) ?? OfFiles(expected, found) : null;
    }

    private static string? OfFiles(ComponentCall expected, ComponentCall found)
    {
        var (files, others) = (expected.Context.Host.Files.Saved, found.Context.Host.Files.Saved);
        return files.Zip(others).Where(f => !f.First.Content.Span.SequenceEqual(f.Second.Content.Span)).Select(f => $"{f.First.Reference.Name}: {f.First.Content.Length} B → {f.Second.Content.Length} B").FirstOrDefault();
    }

    /// <summary>An input that no component with inputs takes.</summary>
    public static JsonElement Nonsense { get; } = JsonElement.Parse("{\"\":[]}");
}
