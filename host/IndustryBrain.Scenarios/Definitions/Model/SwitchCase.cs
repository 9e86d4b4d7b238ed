namespace IndustryBrain.Scenarios.Definitions.Model;

/// <summary>One case of a Switch or FlowSwitch.</summary>
internal sealed record SwitchCase(string Label, Expression Condition, ActivityNode? Activity);
