using System.Text.Json;
using IndustryBrain.Cli.Testing;

namespace IndustryBrain.Cli.Running;

/// <summary>One run to execute.</summary>
/// <param name="DefinitionPath">File of the definition.</param>
/// <param name="ImportPaths">Files of definitions that it may start.</param>
/// <param name="Input">The input object, or null for an empty one.</param>
/// <param name="InputFolder">Folder that paths of files in the input are relative to.</param>
/// <param name="Resume">Answers for resuming everything, or null when a suspended run is the result.</param>
internal sealed record RunRequest(string DefinitionPath, IReadOnlyList<string> ImportPaths, JsonElement? Input, string InputFolder, ResumeAnswers? Resume)
{
    /// <summary>Takes down what happens, for a test; null when nobody asked for one.</summary>
    public FixtureRecorder? Recorder { get; init; }
}
