using System.Text.Json;
using System.Text.Json.Serialization;
using IndustryBrain.Plugins.Manifests;

namespace IndustryBrain.Plugins.Audit;

/// <summary>A version of a public package, and the digests of its program files.</summary>
/// <param name="Id">Package id.</param>
/// <param name="Version">Its version.</param>
/// <param name="License">SPDX expression or address of its licence; null when it has none.</param>
/// <param name="Files">SHA-256 by path in the package, lower-case hexadecimal.</param>
internal sealed record KnownPackage(string Id, string Version, string? License, IReadOnlyDictionary<string, string> Files);

/// <summary>A public advisory.</summary>
/// <param name="Id">Its id, such as <c>GHSA-5crp-9r3c-p9vr</c>.</param>
/// <param name="Package">Package id.</param>
/// <param name="Affected">Ranges of affected versions in NuGet's notation.</param>
/// <param name="Fixed">Versions that mend it.</param>
/// <param name="Severity">As the advisory has it: low, moderate, high, critical.</param>
/// <param name="Zh">What it is about, in Chinese.</param>
/// <param name="En">What it is about, in English.</param>
internal sealed record Advisory(string Id, string Package, IReadOnlyList<string> Affected, IReadOnlyList<string> Fixed, string Severity, string Zh, string En);

/// <summary>Public packages by digest, and advisories about them. Both are data of this assembly: an audit asks nobody.</summary>
internal sealed class KnownPackages
{
    private static readonly Lazy<KnownPackages> Shipped = new(() => new(Read("known-packages.json", KnownJson.Default.IReadOnlyListKnownPackage), Read("advisories.json", KnownJson.Default.IReadOnlyListAdvisory)));
    private readonly Dictionary<string, KnownPackage> _bySha256 = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KnownPackage> _byIdentity = new(StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<string, Advisory> _advisories;

    public KnownPackages(IReadOnlyList<KnownPackage> packages, IReadOnlyList<Advisory> advisories)
    {
        foreach (var package in packages)
        {
            _byIdentity[$"{package.Id}/{package.Version}"] = package;
            foreach (var sha256 in package.Files.Values)
            {
                _bySha256[sha256] = package;
            }
        }

        _advisories = advisories.ToLookup(advisory => advisory.Package, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What comes with the platform.</summary>
    public static KnownPackages Default => Shipped.Value;

    /// <summary>The package that a file belongs to.</summary>
    public KnownPackage? FindFile(string sha256) => _bySha256.GetValueOrDefault(sha256);

    /// <summary>A version of a package.</summary>
    public KnownPackage? Find(string id, string version) => _byIdentity.GetValueOrDefault($"{id}/{version}");

    /// <summary>Advisories about a version.</summary>
    public IEnumerable<Advisory> Advisories(string id, string version)
    {
        // A preview is judged as the version that it leads to.
        var number = version.Split('-', '+')[0];
        return Version.TryParse(number, out var found)
            ? _advisories[id].Where(advisory => advisory.Affected.Any(range => VersionRange.Parse(range)!.Includes(found)))
            : [];
    }

    private static IReadOnlyList<T> Read<T>(string name, System.Text.Json.Serialization.Metadata.JsonTypeInfo<IReadOnlyList<T>> type)
    {
        using var data = typeof(KnownPackages).Assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize(data, type)!;
    }
}

/// <summary>Reads the data.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(IReadOnlyList<KnownPackage>))]
[JsonSerializable(typeof(IReadOnlyList<Advisory>))]
internal sealed partial class KnownJson : JsonSerializerContext;
