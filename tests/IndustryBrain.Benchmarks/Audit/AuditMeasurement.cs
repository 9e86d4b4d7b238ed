using System.Diagnostics;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Audit;

namespace IndustryBrain.Benchmarks.Audit;

/// <summary>How long the audit of a package takes: one of 5 MB, made of the assemblies beside this program as if a vendor had written them all, and one of an empty assembly.</summary>
internal static class AuditMeasurement
{
    private const int Wanted = 5 << 20;
    private const int Runs = 11;

    private const string Manifest = """
        {
          "id": "Acme.Large", "version": "1.0.0", "prefix": "large", "vendor": "Acme",
          "name": { "zh": "大", "en": "Large" }, "description": { "zh": "a", "en": "b" },
          "sdk": "[0.1,1.0)", "entryAssembly": "Acme.Large.dll",
          "components": [
            { "id": "large.one", "kind": "tool", "name": { "zh": "一", "en": "One" }, "description": { "zh": "", "en": "" },
              "hasSideEffects": false, "isDeterministic": true, "input": {}, "output": {} }
          ],
          "permissions": [], "clusters": []
        }
        """;

    public static async Task RunAsync()
    {
        foreach (var (name, wanted) in new[] { ("small", 0), ("5 MB", Wanted) })
        {
            var (package, files, unpacked) = Make(wanted);
            var times = new List<double>();
            var (allocated, findings) = (0L, 0);
            for (var i = 0; i < Runs; i++)
            {
                var (bytes, watch) = (GC.GetTotalAllocatedBytes(true), Stopwatch.StartNew());
                findings = (await new PackageAudit(new PluginOptions()).AuditAsync(package, CancellationToken.None)).Findings.Count;
                times.Add(watch.Elapsed.TotalMilliseconds);
                allocated = GC.GetTotalAllocatedBytes(true) - bytes;
            }

            var first = times[0];
            times.Sort();
            Console.WriteLine($"{name}: {package.Length / 1048576.0:F2} MB packed, {unpacked / 1048576.0:F1} MB in {files} assemblies, {findings} findings; first {first:F0} ms, median {times[Runs / 2]:F0} ms, best {times[0]:F0} ms, {allocated / 1048576.0:F1} MB allocated");
        }
    }

    private static (MemoryStream Package, int Files, long Unpacked) Make(int wanted)
    {
        var (stream, files, unpacked) = (new MemoryStream(), 0, 0L);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("plugin.json", Encoding.UTF8.GetBytes(Manifest));
            Add("plugin/net10.0/Acme.Large.dll", File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Echo.dll")));
            foreach (var path in Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Order(StringComparer.Ordinal).TakeWhile(_ => stream.Length < wanted))
            {
                var content = File.ReadAllBytes(path);
                if (!Path.GetFileName(path).StartsWith("IndustryBrain", StringComparison.Ordinal) && IsPlain(content))
                {
                    Add("plugin/net10.0/" + Path.GetFileName(path), content);
                }
            }

            void Add(string name, byte[] content)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
                files += name.EndsWith(".dll", StringComparison.Ordinal) ? 1 : 0;
                unpacked += content.Length;
            }
        }

        return (stream, files, unpacked);
    }

    private static bool IsPlain(byte[] content)
    {
        using var image = new PEReader(new MemoryStream(content));
        return image.HasMetadata && image.GetMetadataReader().IsAssembly && image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size == 0;
    }
}
