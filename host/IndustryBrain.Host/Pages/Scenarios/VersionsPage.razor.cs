using System.Globalization;
using System.Text.Json;
using IndustryBrain.Host.Texts;
using IndustryBrain.Identity;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Sdk;
using IndustryBrain.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Scenarios;

/// <summary>The versions of a scenario: where they are live, what differs between them, and the parameters of each environment.</summary>
public sealed partial class VersionsPage
{
    private const int ShownOfDigest = 8;
    private const int Outdated = -1;

    private Failure? _failure;
    private string? _retracting;
    private int? _restoring;
    private bool _busy;

    /// <summary>The scenario.</summary>
    [Parameter] public string DefinitionId { get; set; } = "";

    [SupplyParameterFromQuery(Name = "from")] private string? FromVersion { get; set; }

    [SupplyParameterFromQuery(Name = "to")] private string? ToVersion { get; set; }

    [Inject] private ScenarioLibrary Library { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc />
    protected override object Key => (DefinitionId, FromVersion, ToVersion);

    /// <inheritdoc />
    protected override string Reads => Permission.ReadScenarios;

    private string Path => $"/scenarios/{Uri.EscapeDataString(DefinitionId)}";

    private static IReadOnlyList<Crumb> Crumbs => [new(PageText.Scenarios.ToString(), "/scenarios")];

    /// <inheritdoc />
    protected override async Task<Result<VersionsData>> LoadAsync(CancellationToken ct)
    {
        if (!(await Library.FindAsync(Caller, DefinitionId, ct)).TryGet(out var details, out var failure)
            || !(await Library.VersionsAsync(Caller, DefinitionId, ct)).TryGet(out var versions, out failure)
            || !(await Library.EnvironmentsAsync(Caller, DefinitionId, ct)).TryGet(out var environments, out failure)) return failure;
        var compared = versions.Count > 1 ? await Library.CompareAsync(Caller, DefinitionId, FromVersion, ToVersion, ct) : (Result<VersionComparison>?)null;
        _failure = FromVersion is null && ToVersion is null ? null : compared?.Failure;
        return new VersionsData(details, versions, environments, compared is { } result && result.TryGet(out var comparison, out _) ? comparison : null);
    }

    private static string Short(string? digest) => digest is null ? "" : digest[..ShownOfDigest];

    private static bool HasInputs(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object && properties.EnumerateObject().Any();

    private string RunHref(string environment) => $"{Path}?environment={environment}";

    private RenderFragment Options() => builder =>
    {
        foreach (var version in Data!.Versions)
        {
            builder.OpenElement(0, "option");
            builder.SetKey(version.Version);
            builder.AddAttribute(1, "value", version.Version);
            builder.AddContent(2, string.Join(" · ", [VersionText.Version.Fill(version.Version), .. version.IsPublished ? [] : new[] { VersionText.Draft.ToString() }, .. version.Environments.Select(e => VersionText.Of(e).ToString())]));
            builder.CloseElement();
        }
    };

    private void Choose(object? from, object? to) =>
        Navigation.NavigateTo(string.Create(CultureInfo.InvariantCulture, $"{Path}/versions?from={from}&to={to}"));

    private Task PublishAsync(int? version, string environment) =>
        ActAsync(Permission.PublishScenarios, ct => Library.PublishAsync(Caller, DefinitionId, version, environment, ct));

    private async Task RestoreAsync(int version, bool replaceDraft)
    {
        await ActAsync(Permission.EditScenarios, ct => Library.RestoreAsync(Caller, DefinitionId, version, replaceDraft, ct));
        // Somebody decides whether the draft goes.
        if (_failure?.Code == "IB3125") (_failure, _restoring) = (null, version);
    }

    private Task SwitchAsync(bool on) =>
        ActAsync(Permission.PublishScenarios, ct => Library.ChangeEnvironmentAsync(Caller, DefinitionId, ScenarioEnvironments.Test, null, on, null, ct));

    private async Task<Failure?> SaveAsync(EnvironmentView stage, JsonElement values, JsonElement? from)
    {
        // The page may have been loaded again since the form took its values.
        var seen = from is { } given && JsonElement.DeepEquals(given, stage.Parameters) ? stage.Revision : Outdated;
        var failure = (await Library.ChangeEnvironmentAsync(Caller, DefinitionId, stage.Environment, values, null, seen, Left)).Failure;
        if (failure is null) await ReloadAsync();
        return failure;
    }

    private async Task ActAsync<T>(string permission, Func<CancellationToken, Task<Result<T>>> act)
        where T : notnull
    {
        if (_busy) return;
        (_busy, _failure, _retracting, _restoring) = (true, null, null, null);
        try
        {
            var failure = await RefusalAsync(permission) ?? (await act(Left)).Failure;
            await ReloadAsync();
            _failure = failure;
        }
        finally
        {
            _busy = false;
        }
    }
}
