namespace IndustryBrain.Scenarios.Execution;

/// <summary>Something a record waits for.</summary>
/// <typeparam name="T">A bookmark, a component call or a child run.</typeparam>
/// <param name="Record">The record that waits.</param>
/// <param name="For">What it waits for.</param>
internal sealed record Waiting<T>(ActivityRecord Record, T For);
