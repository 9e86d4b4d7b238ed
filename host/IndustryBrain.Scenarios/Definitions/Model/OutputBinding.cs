namespace IndustryBrain.Scenarios.Definitions.Model;

/// <summary>Where an output goes besides the record of outputs.</summary>
/// <param name="Name">Name of the output in Pascal case, or as the document spells it for a component.</param>
/// <param name="Target">Id of a variable or name of a workflow output.</param>
internal sealed record OutputBinding(string Name, string Target);
