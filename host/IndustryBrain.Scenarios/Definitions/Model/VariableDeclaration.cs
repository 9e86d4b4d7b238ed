using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Definitions.Model;

/// <summary>A declared variable.</summary>
/// <param name="Id">What references use.</param>
/// <param name="Name">What scripts use.</param>
/// <param name="Type">What its values are converted to.</param>
/// <param name="Default">Its value at the start.</param>
internal sealed record VariableDeclaration(string Id, string Name, TypeRef Type, object? Default);
