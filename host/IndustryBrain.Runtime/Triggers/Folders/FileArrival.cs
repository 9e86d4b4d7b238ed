using System.IO.Enumeration;
using System.Text.Json;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Triggers.Folders;

/// <summary>What triggers are told of a file: <c>{"folder","name","size","modified","file":{"file","name","size"}}</c>.</summary>
internal static class FileArrival
{
    /// <summary>A file that is stored.</summary>
    public static Arrived Of(IReadOnlyList<string> said, string folder, StoredFile file, DateTimeOffset modified) =>
        new(TriggerKind.File, said, JsonSerializer.SerializeToElement(new { folder, name = file.Name, size = file.Size, modified, file = new { file = file.Id, name = file.Name, size = file.Size } })) { CanWait = true };

    /// <summary>True when a trigger that says this takes files of the name in the folder.</summary>
    public static bool Takes(string said, string folder, string name) =>
        said.Length > folder.Length && said[folder.Length] == ' ' && said.StartsWith(folder, StringComparison.Ordinal) && FileSystemName.MatchesSimpleExpression(said.AsSpan(folder.Length + 1), name);
}
