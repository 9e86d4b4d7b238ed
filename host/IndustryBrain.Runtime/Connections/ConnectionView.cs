using System.Text.Json;
using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Connections;

/// <summary>A connection as people and programs see it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it leads to.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Settings">Its settings, for all environments or for some; secrets stand in them by name.</param>
/// <param name="Revision">Grows with each change.</param>
/// <param name="IsConfigured">True for one that came with the host's configuration and is not changed here.</param>
/// <param name="UsedBy">What names it.</param>
public sealed record ConnectionView(string Name, string Kind, string Description, IReadOnlyList<ConnectionSettings> Settings, int Revision, bool IsConfigured, IReadOnlyList<ConnectionUser> UsedBy);

/// <summary>What names a connection.</summary>
/// <param name="Kind"><c>plugin</c> or <c>scenario</c>.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name for people.</param>
public sealed record ConnectionUser(string Kind, string Id, LocalizedText Name);

/// <summary>A kind of connections.</summary>
/// <param name="Kind">Its id.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Schema">JSON Schema 2020-12 of its settings.</param>
public sealed record ConnectionKindView(string Kind, LocalizedText Name, JsonElement Schema);

/// <summary>How a test went.</summary>
/// <param name="Succeeded">True when the other side answered as it should.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Code">Code of what went wrong; null when nothing did.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="Action">What to do.</param>
public sealed record ConnectionTest(bool Succeeded, long Milliseconds, string? Code, LocalizedText? Message, LocalizedText? Action);
