namespace IndustryBrain.Scenarios.Expressions;

/// <summary>
/// What an expression sees of its run. Values are null, <see cref="bool"/>, <see cref="int"/>, <see cref="long"/>, <see cref="double"/>,
/// <see cref="decimal"/>, <see cref="string"/>, <see cref="DateTime"/>, <see cref="DateTimeOffset"/>, <see cref="TimeSpan"/>, <see cref="Guid"/>,
/// byte arrays, and <see cref="System.Text.Json.JsonElement"/> for objects and arrays; nothing else crosses.
/// </summary>
public interface IExpressionScope
{
    /// <summary>Id of the run.</summary>
    string RunId { get; }

    /// <summary>Logical id of the definition.</summary>
    string DefinitionId { get; }

    /// <summary>Id of this version of the definition.</summary>
    string DefinitionVersionId { get; }

    /// <summary>Number of this version of the definition.</summary>
    int DefinitionVersion { get; }

    /// <summary>Name of the run.</summary>
    string? Name { get; set; }

    /// <summary>Correlation id of the run.</summary>
    string? CorrelationId { get; set; }

    /// <summary>The run's clock.</summary>
    TimeProvider Time => TimeProvider.System;

    /// <summary>Last value of any output named Result.</summary>
    object? LastResult { get; }

    /// <summary>Names of the variables in scope, nearest first, each name once.</summary>
    IEnumerable<string> VariableNames { get; }

    /// <summary>Names of the declared inputs.</summary>
    IEnumerable<string> InputNames { get; }

    /// <summary>The value of the nearest variable with this exact name.</summary>
    bool TryGetVariable(string name, out object? value);

    /// <summary>Elsa's name of the declared type of that variable; null when there is none, or it takes any value.</summary>
    string? TypeOfVariable(string name);

    /// <summary>Sets the nearest variable with this exact name, converting to its type; creates it in the nearest container when there is none.</summary>
    void SetVariable(string name, object? value);

    /// <summary>The value of an input of the run; null when it was not given.</summary>
    object? GetInput(string name);

    /// <summary>The first value of an output recorded in this container.</summary>
    /// <returns>False when the definition has no such activity.</returns>
    bool TryGetOutput(string activityIdOrName, string output, out object? value);

    /// <summary>The value that the accessor <c>get{Output}From{Activity}</c> stands for.</summary>
    /// <param name="accessor">Full name of the accessor.</param>
    /// <param name="activityIdOrName">The activity it reads from.</param>
    /// <param name="output">The output it reads.</param>
    bool TryFindOutputAccessor(string accessor, out string activityIdOrName, out string output);
}
