using System.Text.Json;

namespace IndustryBrain.Plugins.Audit;

/// <summary>What the <c>.deps.json</c> of a plugin says of its files: of which package each is. It is the vendor's word only.</summary>
internal static class ClaimedPackages
{
    private const int MaxBytes = 4 << 20;

    /// <summary>Id and version by file name.</summary>
    public static Dictionary<string, (string Id, string Version)> Read(IEnumerable<byte[]> dependencies)
    {
        var claimed = new Dictionary<string, (string, string)>(StringComparer.OrdinalIgnoreCase);
        foreach (var json in dependencies.Where(json => json.Length <= MaxBytes))
        {
            try
            {
                using var document = JsonDocument.Parse(json);
                Read(document.RootElement, claimed);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                // What cannot be read claims nothing.
            }
        }

        return claimed;
    }

    private static void Read(JsonElement root, Dictionary<string, (string Id, string Version)> claimed)
    {
        if (!root.TryGetProperty("targets", out var targets) || !root.TryGetProperty("libraries", out var libraries))
        {
            return;
        }

        var packages = libraries.EnumerateObject().Where(library => library.Value.ValueKind == JsonValueKind.Object && library.Value.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("package")).Select(library => library.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var library in targets.EnumerateObject().SelectMany(target => target.Value.EnumerateObject()))
        {
            if (library.Name.Split('/') is not [var id, var version] || !packages.Contains(library.Name))
            {
                continue;
            }

            foreach (var assets in new[] { "runtime", "runtimeTargets", "native" })
            {
                if (library.Value.TryGetProperty(assets, out var files))
                {
                    foreach (var file in files.EnumerateObject())
                    {
                        claimed[file.Name[(file.Name.LastIndexOf('/') + 1)..]] = (id, version);
                    }
                }
            }
        }
    }
}
