using System.Text.Json;
using System.Text.Json.Serialization;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>Something that happened in a run since events were last taken.</summary>
/// <param name="At">When.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(StepStarted), "stepStarted")]
[JsonDerivedType(typeof(StepFinished), "stepFinished")]
[JsonDerivedType(typeof(StepFaulted), "stepFaulted")]
[JsonDerivedType(typeof(StepSuspended), "stepSuspended")]
[JsonDerivedType(typeof(StepResumed), "stepResumed")]
[JsonDerivedType(typeof(StepCancelled), "stepCancelled")]
[JsonDerivedType(typeof(LineWritten), "lineWritten")]
public abstract record ExecutionEvent(DateTimeOffset At);
