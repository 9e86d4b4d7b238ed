using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Packaging;
using IndustryBrain.Sdk.Views;

namespace IndustryBrain.Runtime.Components;

/// <summary>A component that can be called on this host, with the plugin it came in.</summary>
/// <param name="Id"><c>plugin-part.component</c>.</param>
/// <param name="Kind">Knowledge, tool or application.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Description">One sentence.</param>
/// <param name="HasSideEffects">True when a call touches the world outside the run.</param>
/// <param name="IsDeterministic">True when equal input gives equal output.</param>
/// <param name="Input">JSON Schema 2020-12 of the input object.</param>
/// <param name="Output">JSON Schema 2020-12 of the output object.</param>
/// <param name="View">The declared view of an application, else null.</param>
/// <param name="Plugin">The plugin it came in.</param>
public sealed record InstalledComponent(
    string Id,
    ComponentKind Kind,
    LocalizedText Name,
    LocalizedText Description,
    bool HasSideEffects,
    bool IsDeterministic,
    JsonElement Input,
    JsonElement Output,
    View? View,
    ComponentOrigin Plugin);
