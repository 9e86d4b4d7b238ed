using System.Text.Json;

namespace IndustryBrain.Runtime.Library.Environments;

/// <summary>How a scenario stands in an environment.</summary>
/// <param name="Environment">test or production.</param>
/// <param name="Version">The version that is live there; null when none is.</param>
/// <param name="Digest">SHA-256 of its document, in hexadecimal; null likewise.</param>
/// <param name="StartsByItself">True when triggers and HTTP endpoints start runs there.</param>
/// <param name="Parameters">The inputs that a start need not bring: an object. A secret stands in it by its name.</param>
/// <param name="Revision">How often the parameters were set: who sets them says which ones were seen.</param>
/// <param name="Schema">JSON Schema of the inputs that may be given so: those of the version that is live, else of the latest.</param>
public sealed record EnvironmentView(string Environment, int? Version, string? Digest, bool StartsByItself, JsonElement Parameters, int Revision, JsonElement Schema);
