using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Execution;

/// <summary>A variable of a running container or loop body.</summary>
internal sealed class VariableSlot
{
    public VariableSlot(VariableDeclaration declaration) => (Name, Declaration, Value) = (declaration.Name, declaration, declaration.Default);

    public VariableSlot(string name, object? value) => (Name, Value) = (name, value);

    /// <summary>What references use.</summary>
    public string Id => Declaration?.Id ?? Name;

    /// <summary>What scripts use.</summary>
    public string Name { get; }

    /// <summary>Its declaration; null for one made while running.</summary>
    public VariableDeclaration? Declaration { get; }

    public object? Value { get; private set; }

    /// <summary>What the run counts for it, in bytes.</summary>
    public long Weight { get; private set; }

    /// <summary>The value as the declaration wants it.</summary>
    public object? Convert(object? value) => Declaration is null ? value : ValueConverter.Convert(value, Declaration.Type);

    public void Put(object? value, long weight = 0) => (Value, Weight) = (value, weight);
}
