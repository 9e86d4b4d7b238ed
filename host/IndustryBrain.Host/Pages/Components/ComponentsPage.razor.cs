using IndustryBrain.Host.Pages.Permissions;
using IndustryBrain.Identity;
using IndustryBrain.Runtime.Components;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Components;

/// <summary>The installed components, with a search and a filter that are the address.</summary>
public sealed partial class ComponentsPage : ComponentBase
{
    private string? _text;
    private Failure? _refusal;

    [SupplyParameterFromQuery(Name = "kind")] private string? KindParameter { get; set; }

    [SupplyParameterFromQuery(Name = "q")] private string? TextParameter { get; set; }

    [Inject] private ComponentDirectory Directory { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    private static IReadOnlyList<string> Kinds { get; } = ["knowledge", "tool", "application"];

    [Inject] private ICallerAccessor Callers { get; set; } = null!;

    private IReadOnlyList<InstalledComponent> All => _refusal is null ? Directory.List() : [];

    private IReadOnlyList<InstalledComponent> Shown =>
        [.. All.Where(c => (KindParameter is null || KindText(c) == KindParameter) && Fits(c)).OrderBy(c => c.Kind).ThenBy(c => c.Id, StringComparer.Ordinal)];

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => _refusal = await Callers.RefusalAsync(Permission.ReadComponents);

    /// <inheritdoc />
    protected override void OnParametersSet() => _text = TextParameter;

    internal static string KindText(InstalledComponent component) => component.Kind.ToString().ToLowerInvariant();

    private bool Fits(InstalledComponent component) => string.IsNullOrWhiteSpace(_text)
        || Contains(component.Name) || Contains(component.Description) || component.Id.Contains(_text.Trim(), StringComparison.OrdinalIgnoreCase) || Contains(component.Plugin.Name);

    private bool Contains(LocalizedText text) =>
        text.Zh.Contains(_text!.Trim(), StringComparison.OrdinalIgnoreCase) || text.En.Contains(_text.Trim(), StringComparison.OrdinalIgnoreCase);

    private void Go(string? kind, string? text)
    {
        _text = text;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters("/components", new Dictionary<string, object?>
        {
            ["kind"] = kind,
            ["q"] = string.IsNullOrWhiteSpace(text) ? null : text,
        }), replace: true);
    }
}
