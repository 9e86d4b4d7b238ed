using System.Text.Json;
using IndustryBrain.Host.Texts;
using IndustryBrain.Identity;
using IndustryBrain.Runtime.Plugins;
using IndustryBrain.Runtime.Plugins.Settings;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Schemas;
using IndustryBrain.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Plugins;

/// <summary>One plugin: its versions, what it may do, what it does, and what can be done with it.</summary>
public sealed partial class PluginPage
{
    private Failure? _refused;
    private bool _busy;
    private bool _removes;
    private JsonElement _limitsSchema;
    private PluginSettingsView? _settings;

    /// <summary>Package id.</summary>
    [Parameter] public string Id { get; set; } = "";

    [Inject] private PluginRegistry Registry { get; set; } = null!;

    [Inject] private PluginSettings Settings { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc />
    protected override object Key => Id;

    /// <inheritdoc />
    protected override string Reads => Permission.ReadPlugins;

    private static IReadOnlyList<Crumb> Crumbs => [new(PageText.Plugins.ToString(), "/plugins")];

    private bool IsGoing => Data!.State is PluginState.Draining or PluginState.DeletedOnRestart;

    private PluginVersionView? Awaiting => IsGoing ? null : Data!.Versions.LastOrDefault(v => v.State == PluginVersionState.AwaitingConsent);

    private PluginVersionView? Current => Data!.Versions.FirstOrDefault(v => v.Version == Data.ActiveVersion) ?? (Data.Versions.Count > 0 ? Data.Versions[^1] : null);

    /// <inheritdoc />
    protected override bool KeepsNothing(object? oldKey) => true;

    /// <inheritdoc />
    protected override Task<Result<PluginView>> LoadAsync(CancellationToken ct) => Registry.GetAsync(Caller, Id, ct);

    /// <inheritdoc />
    protected override void OnInitialized() => _limitsSchema = Registry.LimitsSchema;

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        await base.OnParametersSetAsync();
        if (_settings?.Plugin != Id) await LoadSettingsAsync();
    }

    private static JsonElement? LimitsOf(PluginView plugin) => plugin.Limits is { } limits ? JsonSerializer.SerializeToElement(limits, ComponentJson.Options) : null;

    // A plugin without settings has no form.
    private async Task LoadSettingsAsync() => _settings = Data is not null && (await Settings.GetAsync(Caller, Id, Left)).TryGet(out var settings, out _) ? settings : null;

    private async Task<Failure?> SaveSettingsAsync(JsonElement values)
    {
        if (!(await Settings.SetAsync(Caller, Id, values, _settings?.Revision, Left)).TryGet(out var settings, out var failure)) return failure;
        _settings = settings;
        return null;
    }

    private async Task<Failure?> SaveLimitsAsync(JsonElement limits)
    {
        if (!(await Registry.LimitAsync(Caller, Id, limits, Left)).TryGet(out var plugin, out var failure)) return failure;
        Data = plugin;
        return null;
    }

    private static string Origin(PluginVersionView version) =>
        version.IsBundled ? PageText.BundledMark.ToString()
        : version.Signature is { } signature ? PageText.SignedBy.Fill(signature.Name ?? PageText.UnknownKey.Fill(signature.KeyId[..Math.Min(12, signature.KeyId.Length)]))
        : PageText.Unsigned.ToString();

    private static LocalizedText LevelOf(ComponentLogLevel level) => level switch
    {
        ComponentLogLevel.Warning => PageText.LineWarning,
        ComponentLogLevel.Information => PageText.LineInformation,
        _ => PageText.LineDebug,
    };

    private async Task RemoveAsync()
    {
        await ActAsync(Permission.InstallPlugins, ct => Registry.RemoveAsync(Caller, Id, isForced: false, ct));
        _removes = false;
        if (_refused is null) Navigation.NavigateTo("/plugins");
    }

    private async Task ActAsync(string permission, Func<CancellationToken, Task<Result<PluginView>>> act)
    {
        _busy = true;
        _refused = await RefusalAsync(permission);
        try
        {
            if (_refused is not null) return;
            if ((await act(Left)).TryGet(out var plugin, out var failure)) Data = plugin;
            else _refused = failure;
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested)
        {
            // The page was left.
        }
        finally
        {
            _busy = false;
        }
    }
}
