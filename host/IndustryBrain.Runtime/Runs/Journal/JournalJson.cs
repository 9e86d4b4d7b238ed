using System.Text.Json.Serialization;
using IndustryBrain.Runtime.Runs.Recording;

namespace IndustryBrain.Runtime.Runs.Journal;

/// <summary>How events and records of runs are written as JSON. Members are only added: what earlier versions recorded is read as well.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = JournalEvents.MaxDepth)]
[JsonSerializable(typeof(RunAccepted))]
[JsonSerializable(typeof(RunTakenOver))]
[JsonSerializable(typeof(RunPaused))]
[JsonSerializable(typeof(RunEnded))]
[JsonSerializable(typeof(RunRepaired))]
[JsonSerializable(typeof(ChildAskedFor))]
[JsonSerializable(typeof(StepBegan))]
[JsonSerializable(typeof(StepEnded))]
[JsonSerializable(typeof(StepWaits))]
[JsonSerializable(typeof(StepContinued))]
[JsonSerializable(typeof(LineRecorded))]
[JsonSerializable(typeof(AnswerGiven))]
[JsonSerializable(typeof(PauseBegan))]
[JsonSerializable(typeof(PauseEnded))]
[JsonSerializable(typeof(RunRecord))]
internal sealed partial class JournalJson : JsonSerializerContext;
