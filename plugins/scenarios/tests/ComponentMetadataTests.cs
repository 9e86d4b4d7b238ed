using System.Text.Json;
using IndustryBrain.Sdk.Measures;

namespace IndustryBrain.Plugins.Scenarios.Tests;

/// <summary>Whoever builds with a component reads its schema alone: each port says in both languages what it is, each unit is known, each required input shows an example.</summary>
public sealed class ComponentMetadataTests
{
    private static readonly BundledComponents Components = new();

    public static TheoryData<string> Ids => [.. Components.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Component_EachPort_IsDescribedInBothLanguages(string id)
    {
        var component = Components.Find(id)!;

        Assert.All([component.Name.Zh, component.Name.En, component.Description.Zh, component.Description.En], t => Assert.False(string.IsNullOrWhiteSpace(t)));
        var bare = Members(component.Input, "input").Concat(Members(component.Output, "output")).Where(m => !IsDescribed(m.Schema)).Select(m => m.Path);
        Assert.Empty(bare);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Component_EachUnit_IsKnownToTheMeasures(string id)
    {
        var component = Components.Find(id)!;

        var unknown = Members(component.Input, "input").Concat(Members(component.Output, "output"))
            .Where(m => m.Schema.TryGetProperty("x-unit", out var unit) && !Units.IsKnown(unit.GetString()!)).Select(m => m.Path);
        Assert.Empty(unknown);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Component_EachRequiredInput_ShowsAnExample(string id)
    {
        var input = Components.Find(id)!.Input;
        string[] required = input.TryGetProperty("required", out var names) ? [.. names.EnumerateArray().Select(n => n.GetString()!)] : [];

        Assert.DoesNotContain(required, name => !ShowsExample(input.GetProperty("properties").GetProperty(name)));
    }

    private static bool ShowsExample(JsonElement schema) =>
        schema.TryGetProperty("examples", out _) || schema.TryGetProperty("default", out _) || schema.TryGetProperty("enum", out _)
        || (schema.TryGetProperty("format", out var format) && format.GetString() == "file")
        || Members(schema, "").Any(m => m.Schema.TryGetProperty("examples", out _));

    private static bool IsDescribed(JsonElement schema) =>
        Text(schema, "title") && Text(schema, "description") && schema.TryGetProperty("x-en", out var english) && Text(english, "title") && Text(english, "description");

    private static bool Text(JsonElement schema, string name) => schema.TryGetProperty(name, out var text) && !string.IsNullOrWhiteSpace(text.GetString());

    // A file's members are the host's business.
    private static IEnumerable<(string Path, JsonElement Schema)> Members(JsonElement schema, string path)
    {
        if (schema.TryGetProperty("format", out var format) && format.GetString() == "file")
        {
            yield break;
        }

        if (schema.TryGetProperty("items", out var items))
        {
            foreach (var member in Members(items, path + "[]"))
            {
                yield return member;
            }
        }

        if (!schema.TryGetProperty("properties", out var properties))
        {
            yield break;
        }

        foreach (var property in properties.EnumerateObject())
        {
            var at = $"{path}.{property.Name}";
            yield return (at, property.Value);
            foreach (var member in Members(property.Value, at))
            {
                yield return member;
            }
        }
    }
}
