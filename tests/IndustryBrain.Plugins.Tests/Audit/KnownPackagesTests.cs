using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using IndustryBrain.Plugins.Audit;
using IndustryBrain.Plugins.Manifests;

namespace IndustryBrain.Plugins.Tests.Audit;

/// <summary>The list of public packages, compared with the packages of this machine. <c>IB_WRITE_KNOWN_PACKAGES=1</c> writes it instead: a version is added by an entry with its id and version, once NuGet has fetched it.</summary>
public sealed partial class KnownPackagesTests
{
    private static readonly bool Write = Environment.GetEnvironmentVariable("IB_WRITE_KNOWN_PACKAGES") == "1";
    private static readonly string ListFile = Path.Combine(Built.RepositoryRoot, "host", "IndustryBrain.Plugins", "Audit", "Data", "known-packages.json");
    private static readonly string Cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    [Fact]
    public void List_OfPackagesOnThisMachine_IsWhatTheyHold()
    {
        var listed = JsonSerializer.Deserialize(File.ReadAllBytes(ListFile), KnownJson.Default.IReadOnlyListKnownPackage)!;
        var found = listed.Select(package => Directory.Exists(Folder(package)) ? Read(package) : null).ToList();
        if (Write)
        {
            listed = [.. listed.Select((package, index) => found[index] ?? package)];
            File.WriteAllText(ListFile, JsonSerializer.Serialize(listed, KnownJson.Default.IReadOnlyListKnownPackage).ReplaceLineEndings("\n") + "\n");
        }

        // What the bundled plugins use is always there.
        Assert.Contains(found, package => package?.Id == "ExcelDataReader");
        foreach (var (package, read) in listed.Zip(found).Where(pair => pair.Second is not null))
        {
            Assert.Equal(read!.License, package.License);
            Assert.Equal(read.Files.OrderBy(file => file.Key, StringComparer.Ordinal), package.Files.OrderBy(file => file.Key, StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Advisories_HaveValidRanges() =>
        Assert.All(
            JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(ListFile)!, "advisories.json")), KnownJson.Default.IReadOnlyListAdvisory)!,
            advisory =>
            {
                Assert.Matches("^GHSA(-[23456789cfghjmpqrvwx]{4}){3}$", advisory.Id);
                Assert.All(advisory.Affected, range => Assert.NotNull(VersionRange.Parse(range)));
                Assert.All(advisory.Fixed, version => Assert.DoesNotContain(KnownPackages.Default.Advisories(advisory.Package, version), a => a.Id == advisory.Id));
                Assert.Contains(advisory.Severity, new[] { "low", "moderate", "high", "critical" });
            });

    private static string Folder(KnownPackage package) => Path.Combine(Cache, package.Id.ToLowerInvariant(), package.Version.ToLowerInvariant());

    private static KnownPackage Read(KnownPackage package)
    {
        var folder = Folder(package);
        var metadata = XDocument.Load(Directory.GetFiles(folder, "*.nuspec").Single()).Root!.Elements().First(e => e.Name.LocalName == "metadata");
        XElement? Element(string name) => metadata.Elements().FirstOrDefault(e => e.Name.LocalName == name);
        var license = Element("license") is { } expression ? (expression.Attribute("type")!.Value == "expression" ? "" : "file: ") + expression.Value : Element("licenseUrl")?.Value;
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => (Path: path, Name: Path.GetRelativePath(folder, path).Replace('\\', '/')))
            .Where(file => Program().IsMatch(file.Name) && !file.Name.EndsWith(".resources.dll", StringComparison.Ordinal))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .ToDictionary(file => file.Name, file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.Path))));
        return package with { Id = Element("id")!.Value, Version = Element("version")!.Value, License = license, Files = files };
    }

    // What a plugin for this .NET can take: its libraries, and native ones.
    [GeneratedRegex(@"^(lib|runtimes)/(.*/)?((netstandard|netcoreapp|net\d+\.\d)[^/]*/.*\.(dll|so|dylib)|native/.*\.(dll|so|dylib))$")]
    private static partial Regex Program();
}
