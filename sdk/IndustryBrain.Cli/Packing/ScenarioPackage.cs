using System.IO.Compression;
using IndustryBrain.Plugins;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Packing;

/// <summary>The package of a scenario: its definition with sample data and tests, and no code.</summary>
internal static class ScenarioPackage
{
    private const string DefinitionEntry = "scenario/definition.json";

    /// <summary>True for a package that carries a scenario and no plugin; what cannot be read is none.</summary>
    public static bool Is(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            return archive.GetEntry(PluginPackage.ManifestName) is null && archive.GetEntry(DefinitionEntry) is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>The definition in it; IB7201 when it cannot be read, IB7216 when it is too large.</summary>
    public static async Task<Result<byte[]>> ReadDefinitionAsync(string path, CancellationToken ct)
    {
        var where = $"{Path.GetFileName(path)}/{DefinitionEntry}";
        try
        {
            await using var archive = await ZipFile.OpenReadAsync(path, ct);
            if (archive.GetEntry(DefinitionEntry) is not { } entry)
            {
                return CliFailures.FileNotReadable(where);
            }

            if (entry.Length > JsonFile.MaxBytes)
            {
                return CliFailures.FileTooLarge(where, JsonFile.MaxBytes);
            }

            var definition = new byte[entry.Length];
            await using var content = await entry.OpenAsync(ct);
            await content.ReadExactlyAsync(definition, ct);
            return definition.AsSpan().StartsWith("\uFEFF"u8) ? definition[3..] : definition;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return CliFailures.FileNotReadable(where);
        }
    }
}
