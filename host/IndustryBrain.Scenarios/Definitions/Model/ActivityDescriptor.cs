namespace IndustryBrain.Scenarios.Definitions.Model;

/// <summary>A built-in activity as documents use it.</summary>
/// <param name="Type">Its type name.</param>
/// <param name="Kind">What the engine does for it.</param>
/// <param name="Inputs">Its inputs.</param>
/// <param name="Outputs">Its outputs, in Pascal case.</param>
/// <param name="Ports">Members that hold one child activity.</param>
internal sealed record ActivityDescriptor(string Type, ActivityKind Kind, InputDescriptor[] Inputs, string[] Outputs, string[] Ports)
{
    /// <summary>True when a completed node of this kind ends the Sequence or Flowchart around it.</summary>
    public bool IsTerminal => Kind is ActivityKind.Break or ActivityKind.End or ActivityKind.Complete or ActivityKind.Finish or ActivityKind.Compensate;

    /// <summary>One of its inputs.</summary>
    public InputDescriptor Input(string name)
    {
        foreach (var input in Inputs)
        {
            if (input.Name == name)
                return input;
        }

        throw new ArgumentException($"{Type} has no input {name}.", nameof(name));
    }

    /// <summary>True when the language of a script activity is not JavaScript.</summary>
    public string? ScriptLanguage { get; init; }
}
