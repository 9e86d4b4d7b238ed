namespace IndustryBrain.Scenarios.Expressions.Remote;

/// <summary>A value that an expression asks for was not sent with it.</summary>
public sealed class ValueNotSentException() : Exception("The value was not sent.");
