using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>A variable of a running container or loop body.</summary>
/// <param name="id">What references use.</param>
/// <param name="name">What scripts use.</param>
/// <param name="declaration">Its declaration; null for one made while running.</param>
internal sealed class VariableSlot(string id, string name, VariableDeclaration? declaration)
{
    public string Id { get; } = id;

    public string Name { get; } = name;

    public VariableDeclaration? Declaration { get; } = declaration;

    public object? Value { get; private set; } = declaration?.Default;

    public void Set(object? value) => Value = Declaration is null ? value : ValueConverter.Convert(value, Declaration.Type);

    public void Put(object? value) => Value = value;
}
