using System.IO.Compression;
using System.Text;

namespace IndustryBrain.Plugins.Tests.Installing;

/// <summary>Packages as an attacker would write them.</summary>
internal static class Packages
{
    /// <summary>The one component of <see cref="Manifest"/>.</summary>
    public const string Component = """
        { "id": "probe.one", "kind": "tool", "name": { "zh": "一", "en": "One" }, "description": { "zh": "一。", "en": "One." },
          "hasSideEffects": false, "isDeterministic": true, "input": {}, "output": {} }
        """;

    public const string Manifest = """
        {
          "id": "Acme.Probe", "version": "1.0.0", "prefix": "probe", "vendor": "Acme",
          "name": { "zh": "探针", "en": "Probe" }, "description": { "zh": "a", "en": "b" },
          "sdk": "[0.1,1.0)", "entryAssembly": "Acme.Probe.dll",
          "components": [
            { "id": "probe.one", "kind": "tool", "name": { "zh": "一", "en": "One" }, "description": { "zh": "一。", "en": "One." },
              "hasSideEffects": false, "isDeterministic": true, "input": {}, "output": {} }
          ],
          "permissions": [], "clusters": []
        }
        """;

    /// <summary>A package with an entry assembly and nothing else.</summary>
    public static MemoryStream Of(string manifest, byte[] entry)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in new[] { ("plugin.json", Encoding.UTF8.GetBytes(manifest)), ("plugin/net10.0/Acme.Probe.dll", entry) })
            {
                using var written = archive.CreateEntry(name).Open();
                written.Write(content);
            }
        }

        stream.Position = 0;
        return stream;
    }

    public static MemoryStream With(string manifest, params (string Name, byte[] Content)[] entries) => With(manifest, _ => { }, entries);

    public static MemoryStream With(string manifest, Action<ZipArchiveEntry> change, params (string Name, byte[] Content)[] entries)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries.Prepend(("plugin/net10.0/Acme.Probe.dll", [1])).Prepend(("plugin.json", Encoding.UTF8.GetBytes(manifest))))
            {
                var entry = archive.CreateEntry(name);

                // The same package again has the same bytes, however long the first took.
                entry.LastWriteTime = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
                if (name != "plugin.json")
                {
                    change(entry);
                }

                using var content1 = entry.Open();
                content1.Write(content);
            }
        }

        stream.Position = 0;
        return stream;
    }
}
