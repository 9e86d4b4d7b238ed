using IndustryBrain.Scenarios.Expressions;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>What an execution uses of its surroundings. Shared by runs.</summary>
/// <param name="Components">The components that are installed.</param>
/// <param name="Expressions">The evaluator of scripting languages.</param>
/// <param name="Time">The clock.</param>
/// <param name="Limits">Limits on one run.</param>
public sealed record ExecutionServices(IComponentCatalog Components, IExpressionEvaluator Expressions, TimeProvider Time, EngineLimits Limits);
