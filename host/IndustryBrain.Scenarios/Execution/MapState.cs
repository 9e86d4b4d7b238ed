using System.Text.Json;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>Where a Map stands. Which item a body is for is its <c>CurrentIndex</c>.</summary>
internal sealed class MapState(JsonElement items, object?[]? results)
{
    /// <summary>What it goes over; an array.</summary>
    public JsonElement Items { get; } = items;

    /// <summary>The items one by one: in the array itself, finding a row takes as long as there are rows before it.</summary>
    public JsonElement[] Rows { get; } = [.. items.EnumerateArray()];

    /// <summary>What it has for each item so far; null when it selects nothing.</summary>
    public object?[]? Results { get; } = results;
}
