using System.Text.Json.Serialization;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>How the public records inside a saved state are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Bookmark))]
[JsonSerializable(typeof(ComponentCall))]
[JsonSerializable(typeof(ChildRunRequest))]
[JsonSerializable(typeof(ChildRunState))]
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(Failure))]
internal sealed partial class StateJson : JsonSerializerContext;
