using System.Text.Json;

namespace IndustryBrain.Runtime.Api;

/// <summary>Body of a start of a run, and of a call of a component.</summary>
/// <param name="Input">The input object; none counts as empty.</param>
internal sealed record InputRequest(JsonElement? Input)
{
    private static readonly JsonElement Empty = JsonElement.Parse("{}");

    /// <summary>The input, or an empty object.</summary>
    public JsonElement InputOrEmpty() => Input is { ValueKind: not JsonValueKind.Undefined and not JsonValueKind.Null } input ? input : Empty;
}
