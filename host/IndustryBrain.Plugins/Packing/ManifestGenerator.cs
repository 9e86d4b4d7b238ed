using System.Reflection;
using IndustryBrain.Plugins.Loading;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Packaging;
using IndustryBrain.Sdk.Schemas;

namespace IndustryBrain.Plugins.Packing;

/// <summary>Writes a manifest from what the attributes and types of an assembly say.</summary>
internal static class ManifestGenerator
{
    public static Result<PluginManifest> Generate(Assembly assembly, string fileName, IReadOnlyList<string>? platforms)
    {
        if (assembly.GetCustomAttribute<PluginAttribute>() is not { } plugin)
        {
            return PluginFailures.PluginAttributeMissing(fileName);
        }

        var components = new List<ComponentDescriptor>();
        foreach (var (type, declared) in PluginAssembly.ComponentTypes(assembly).OrderBy(c => c.Declared.Id, StringComparer.Ordinal))
        {
            if (type is not { IsVisible: true, IsAbstract: false } || !type.IsSubclassOf(typeof(Component)) || type.GetConstructor([]) is null)
            {
                return PluginFailures.ComponentNotUsable(type.FullName!);
            }

            var component = (Component)Activator.CreateInstance(type)!;
            if (Problem(component, declared.Id) is { } problem)
            {
                return problem;
            }

            components.Add(Describe(component, declared));
        }

        var settings = assembly.GetCustomAttribute<PluginSettingsAttribute>();
        if (settings is not null && ContractCheck.Problems(settings.Type) is { Count: > 0 } wrong)
        {
            return PluginFailures.ContractUnsound(plugin.Id, "settings", wrong);
        }

        return new PluginManifest(
            plugin.Id,
            VersionOf(assembly),
            plugin.Prefix,
            plugin.Vendor,
            new(plugin.Zh, plugin.En),
            new(plugin.DescriptionZh, plugin.DescriptionEn),
            SdkRange(assembly),
            fileName,
            components,
            [.. assembly.GetCustomAttributes<PermissionAttribute>().Select(p => new PluginPermission(p.Capability, new(p.ReasonZh, p.ReasonEn)) { Targets = p.Targets, MaxBytes = p.MaxBytes > 0 ? p.MaxBytes : null }).OrderBy(p => p.Capability, StringComparer.Ordinal)],
            plugin.Clusters.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Settings = settings is not null ? ComponentSchema.Of(settings.Type) : null,
            Platforms = platforms,
        };
    }

    private static Failure? Problem(Component component, string id) =>
        ContractCheck.Problems(component.InputType) is { Count: > 0 } input ? PluginFailures.ContractUnsound(id, "input", input)
        : ContractCheck.Problems(component.OutputType) is { Count: > 0 } output ? PluginFailures.ContractUnsound(id, "output", output)
        : null;

    private static ComponentDescriptor Describe(Component component, ComponentAttribute declared) => new(
        declared.Id,
        component.Kind,
        new(declared.Zh, declared.En),
        new(declared.DescriptionZh, declared.DescriptionEn),
        declared.HasSideEffects,
        declared.IsDeterministic,
        ComponentSchema.Of(component.InputType),
        ComponentSchema.Of(component.OutputType),
        (component as IHasView)?.View)
    {
        Icon = declared.Icon.Length > 0 ? declared.Icon : null,
        Category = Text(declared.CategoryZh, declared.CategoryEn),
        SearchWords = Text(declared.SearchWordsZh, declared.SearchWordsEn),
    };

    private static LocalizedText? Text(string zh, string en) => zh.Length + en.Length > 0 ? new(zh, en) : null;

    // "+abc123" behind it is the commit it was built from.
    private static string VersionOf(Assembly assembly)
    {
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version!.ToString(3);
        var plus = version.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 ? version : version[..plus];
    }

    // From the SDK it was built on up to the next major version, the first that may break it.
    private static string SdkRange(Assembly assembly)
    {
        var used = assembly.GetReferencedAssemblies().Single(a => a.Name == typeof(Component).Assembly.GetName().Name).Version!;
        return $"[{used.Major}.{used.Minor},{used.Major + 1}.0)";
    }
}
