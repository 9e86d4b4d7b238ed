using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Capabilities.Files;

/// <summary>The files that a run handed to a call: those that its input refers to. No other file of the organization can be opened in it, whoever knows its id.</summary>
internal sealed class HandedFiles(JsonElement input)
{
    private HashSet<string>? _ids;

    /// <summary>Null when the file was handed over, else IB1190.</summary>
    public Failure? Refuse(FileReference file)
    {
        _ids ??= Find(input);
        return file.File is { } id && _ids.Contains(id) ? null : CapabilityFailures.FileNotHandedOver(file.File ?? "");
    }

    private static HashSet<string> Find(JsonElement input)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var left = new Stack<JsonElement>([input]);
        while (left.TryPop(out var value))
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var member in value.EnumerateObject())
                    {
                        if (member.Value.ValueKind != JsonValueKind.String)
                        {
                            left.Push(member.Value);
                        }
                        else if (member.NameEquals("file"u8))
                        {
                            found.Add(member.Value.GetString()!);
                        }
                    }

                    break;
                case JsonValueKind.Array:
                    foreach (var item in value.EnumerateArray())
                    {
                        left.Push(item);
                    }

                    break;
            }
        }

        return found;
    }
}
