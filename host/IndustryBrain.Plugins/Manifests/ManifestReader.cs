using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Installing;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Plugins.Manifests;

/// <summary>Reads a <c>plugin.json</c> and refuses what does not hold, with its line.</summary>
internal static partial class ManifestReader
{
    private const int MaxName = 200;
    private const int MaxDescription = 2_000;
    private static readonly LocalizedText Absent = new("缺失", "is missing");

    public static Result<PluginManifest> Read(ReadOnlySpan<byte> json)
    {
        // A byte-order mark is not JSON, but editors write it.
        json = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
        try
        {
            var root = JsonElement.Parse(json);
            if (!Storable.Fits(json))
            {
                return PluginFailures.ManifestText(JsonLines.FindUnusable(json));
            }

            if (RepeatedMember(root) is { } repeated)
            {
                return Invalid(json, [new(string.Concat(repeated).TrimStart('.'), new("出现了两次", "is given twice"))])!;
            }

            if (Invalid(json, ManifestShape.Problems(root)) is { } misshapen)
            {
                return misshapen;
            }

            var manifest = JsonSerializer.Deserialize(json, PluginJson.Manifests.PluginManifest)!;
            return Invalid(json, Problems(manifest)) is { } wrong ? wrong : manifest;
        }
        catch (JsonException e) when (e.Path is null or "")
        {
            return PluginFailures.ManifestNotJson((e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1);
        }
        catch (JsonException e)
        {
            // An element of a view has more shapes than are checked above.
            return Invalid(json, [new(e.Path!.TrimStart('$').TrimStart('.'), new("缺少必需的成员，或类型不对", "lacks a member that it needs, or is of another type"))])!;
        }
    }

    // Null when there is none. There may be very many: some are named, the others counted.
    private static Failure? Invalid(ReadOnlySpan<byte> json, IEnumerable<ManifestProblem> problems)
    {
        const int MaxNamed = 10;
        var named = new List<(ManifestProblem Problem, long Line)>();
        var count = 0;
        foreach (var problem in problems)
        {
            if (++count <= MaxNamed)
            {
                named.Add((problem, JsonLines.Find(json, problem.Member)));
            }
        }

        return count == 0 ? null : PluginFailures.ManifestInvalid(named, count);
    }

    // Whoever reads the manifest must read the same.
    private static List<string>? RepeatedMember(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
                foreach (var member in element.EnumerateObject())
                {
                    if ((names.Add(member.Name) ? RepeatedMember(member.Value) : []) is { } within)
                    {
                        return [$".{member.Name}", .. within];
                    }
                }

                return null;
            case JsonValueKind.Array:
                return element.EnumerateArray().Select((item, i) => RepeatedMember(item) is { } within ? new List<string>([string.Create(CultureInfo.InvariantCulture, $"[{i}]"), .. within]) : null).FirstOrDefault(found => found is not null);
            default:
                return null;
        }
    }

    private static IEnumerable<ManifestProblem> Problems(PluginManifest manifest)
    {
        if (!PackageId().IsMatch(manifest.Id) || manifest.Id.Contains("..", StringComparison.Ordinal))
        {
            yield return new("id", new("只能由字母、数字、点、横线和下划线组成，最长 100 个字符", "must consist of letters, digits, dots, hyphens and underscores, at most 100"));
        }

        if (Array.Find(manifest.Id.Split('.'), PackageCheck.IsDevice) is { } device)
        {
            yield return new("id", new($"中的「{device}」是 Windows 的设备名", $"has “{device}”, which is the name of a device on Windows"));
        }

        if (!SemanticVersion().IsMatch(manifest.Version))
        {
            yield return new("version", new("应为语义化版本，如 1.2.0", "must be a semantic version such as 1.2.0"));
        }

        if (!Part().IsMatch(manifest.Prefix))
        {
            yield return new("prefix", new("应为小写字母、数字和横线，以字母开头", "must be lower-case letters, digits and hyphens, beginning with a letter"));
        }

        if (string.IsNullOrWhiteSpace(manifest.Vendor))
        {
            yield return new("vendor", Absent);
        }

        if (manifest.Vendor.Length > MaxName)
        {
            yield return TooLong("vendor", MaxName);
        }

        if (manifest.Vendor.Any(PackageCheck.IsInvisible))
        {
            yield return new("vendor", new("不得含有不可见字符", "must have no invisible characters"));
        }

        if (!InBothLanguages(manifest.Name))
        {
            yield return new("name", new("须有中文和英文", "must have Chinese and English"));
        }

        foreach (var problem in TooLong(manifest.Name, manifest.Description, ""))
        {
            yield return problem;
        }

        if (VersionRange.Parse(manifest.Sdk) is null)
        {
            yield return new("sdk", new("应为版本范围，如 [0.1,1.0)", "must be a range of versions such as [0.1,1.0)"));
        }

        if (!AssemblyName().IsMatch(manifest.EntryAssembly))
        {
            yield return new("entryAssembly", new("应为 .dll 的文件名，不带路径", "must be the file name of a .dll without a path"));
        }

        foreach (var problem in manifest.Settings is { } settings ? SchemaShape.Problems(settings, "settings") : [])
        {
            yield return problem;
        }

        if (manifest.Platforms is { } platforms && (platforms.Count == 0 || !platforms.All(PackagePlatform.IsName)))
        {
            yield return new("platforms", new("应为平台名，如 linux-x64；适用于所有平台时不写", "must be names of platforms such as linux-x64; absent for all of them"));
        }

        foreach (var problem in ComponentProblems(manifest).Concat(PermissionProblems(manifest)))
        {
            yield return problem;
        }
    }

    private static IEnumerable<ManifestProblem> ComponentProblems(PluginManifest manifest)
    {
        if (manifest.Components.Count == 0)
        {
            yield return new("components", new("至少须有一个组件", "must hold at least one component"));
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < manifest.Components.Count; i++)
        {
            var component = manifest.Components[i];
            var at = string.Create(CultureInfo.InvariantCulture, $"components[{i}]");
            var dot = component.Id.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0 || component.Id[..dot] != manifest.Prefix || !Part().IsMatch(component.Id[(dot + 1)..]))
            {
                yield return new(at + ".id", new($"应为 {manifest.Prefix}. 加小写名称", $"must be {manifest.Prefix}. and a lower-case name"));
            }

            if (!seen.Add(component.Id))
            {
                yield return new(at + ".id", new("重复", "is there twice"));
            }

            if (!InBothLanguages(component.Name))
            {
                yield return new(at + ".name", new("须有中文和英文", "must have Chinese and English"));
            }

            foreach (var problem in TooLong(component.Name, component.Description, at + ".").Concat(SchemaShape.Problems(component.Input, at + ".input")).Concat(SchemaShape.Problems(component.Output, at + ".output")))
            {
                yield return problem;
            }

            if (component.Icon is { } icon && !Icon().IsMatch(icon))
            {
                yield return new(at + ".icon", new("应为 Material 图标名，或包内 SVG 文件的相对路径", "must be the name of a Material icon or the relative path of an SVG in the package"));
            }

            foreach (var (name, text) in new[] { (".category", component.Category), (".searchWords", component.SearchWords) })
            {
                if (text is not null && !InBothLanguages(text))
                {
                    yield return new(at + name, new("须有中文和英文", "must have Chinese and English"));
                }
            }

            if (component.Kind == ComponentKind.Application && component.View is null)
            {
                yield return new(at + ".view", new("应用组件须声明视图", "an application must declare its view"));
            }
        }
    }

    private static IEnumerable<ManifestProblem> PermissionProblems(PluginManifest manifest)
    {
        for (var i = 0; i < manifest.Permissions.Count; i++)
        {
            var permission = manifest.Permissions[i];
            var at = string.Create(CultureInfo.InvariantCulture, $"permissions[{i}]");
            if (!InBothLanguages(permission.Reason))
            {
                yield return new(at + ".reason", new("须有中文和英文", "must have Chinese and English"));
            }

            var rule = TargetRule.Of(permission.Capability);
            if (permission.Targets.FirstOrDefault(t => !rule.IsValid(t)) is { } wrong)
            {
                yield return new(at + ".targets", new($"中的「{wrong}」不是此权限的目标", $"has “{wrong}”, which is no target of this permission"));
            }

            if (permission.MaxBytes <= 0)
            {
                yield return new(at + ".maxBytes", new("应大于 0", "must be more than 0"));
            }
        }
    }

    private static IEnumerable<ManifestProblem> TooLong(LocalizedText name, LocalizedText description, string at) =>
        from text in new (string Member, string Text, int Most)[] { ("name.zh", name.Zh, MaxName), ("name.en", name.En, MaxName), ("description.zh", description.Zh, MaxDescription), ("description.en", description.En, MaxDescription) }
        where text.Text.Length > text.Most
        select TooLong(at + text.Member, text.Most);

    private static ManifestProblem TooLong(string member, int most) => new(member, new($"超过 {most} 个字符", $"is longer than {most} characters"));

    private static bool InBothLanguages(LocalizedText text) => !string.IsNullOrWhiteSpace(text.Zh) && !string.IsNullOrWhiteSpace(text.En);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex PackageId();

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,59}\z")]
    private static partial Regex Part();

    [GeneratedRegex(@"^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(-[0-9A-Za-z.-]{1,60})?\z")]
    private static partial Regex SemanticVersion();

    // A name of letters, digits and underscores; or parts without a leading dot, so that no path leaves the package.
    [GeneratedRegex(@"^([A-Za-z][A-Za-z0-9_]{0,59}|([A-Za-z0-9_][A-Za-z0-9._-]{0,99}/){0,5}[A-Za-z0-9_][A-Za-z0-9._-]{0,99}\.svg)\z")]
    private static partial Regex Icon();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._-]{0,150}\.dll\z")]
    private static partial Regex AssemblyName();
}
