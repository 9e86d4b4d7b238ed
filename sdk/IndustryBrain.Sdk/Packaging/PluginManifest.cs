using System.Text.Json;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Views;

namespace IndustryBrain.Sdk.Packaging;

/// <summary>The <c>plugin.json</c> of a package: what it is, what it carries, what it asks for.</summary>
/// <param name="Id">Package id.</param>
/// <param name="Version">Semantic version.</param>
/// <param name="Prefix">First part of all its component ids.</param>
/// <param name="Vendor">Name of the vendor.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Sdk">Range of SDK versions it works with, in NuGet notation, such as <c>[0.1,1.0)</c>.</param>
/// <param name="EntryAssembly">File name of the assembly with the components.</param>
/// <param name="Components">Its components.</param>
/// <param name="Permissions">What it asks for.</param>
/// <param name="Clusters">Codes of the industry clusters it serves; empty means all.</param>
public sealed record PluginManifest(
    string Id,
    string Version,
    string Prefix,
    string Vendor,
    LocalizedText Name,
    LocalizedText Description,
    string Sdk,
    string EntryAssembly,
    IReadOnlyList<ComponentDescriptor> Components,
    IReadOnlyList<PluginPermission> Permissions,
    IReadOnlyList<string> Clusters)
{
    /// <summary>JSON Schema 2020-12 of the plugin's settings; null when it has none.</summary>
    public JsonElement? Settings { get; init; }

    /// <summary>Platforms that its files are for, such as <c>linux-x64</c>; null when they run everywhere.</summary>
    public IReadOnlyList<string>? Platforms { get; init; }
}

/// <summary>One capability that a plugin asks for.</summary>
/// <param name="Capability">Its name.</param>
/// <param name="Reason">Why it is needed.</param>
public sealed record PluginPermission(string Capability, LocalizedText Reason)
{
    /// <summary>What it is needed for, in the form that the capability asks for; empty for a capability without targets.</summary>
    // A manifest without them is read as null.
    public IReadOnlyList<string> Targets { get => field ?? []; init; }

    /// <summary>Bytes that it needs at most; null leaves it to the host.</summary>
    public long? MaxBytes { get; init; }
}

/// <summary>One component as the host and the designer know it without loading its code.</summary>
/// <param name="Id"><c>plugin-part.component</c>.</param>
/// <param name="Kind">Knowledge, tool or application.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Description">One sentence.</param>
/// <param name="HasSideEffects">True when a call touches the world outside the run.</param>
/// <param name="IsDeterministic">True when equal input gives equal output.</param>
/// <param name="Input">JSON Schema 2020-12 of the input object.</param>
/// <param name="Output">JSON Schema 2020-12 of the output object.</param>
/// <param name="View">The declared view of an application, else null.</param>
public sealed record ComponentDescriptor(
    string Id,
    ComponentKind Kind,
    LocalizedText Name,
    LocalizedText Description,
    bool HasSideEffects,
    bool IsDeterministic,
    JsonElement Input,
    JsonElement Output,
    View? View = null)
{
    /// <summary>Name of a Material icon, or the path of an SVG among the plugin's files; null leaves it to the host.</summary>
    public string? Icon { get; init; }

    /// <summary>Group of the palette that it stands in; null leaves it to the host.</summary>
    public LocalizedText? Category { get; init; }

    /// <summary>Words that it is found by besides its name, separated by blanks; null when there are none.</summary>
    public LocalizedText? SearchWords { get; init; }
}
