using IndustryBrain.Identity;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Scenarios;

/// <summary>The scenarios of the organization; a definition can be imported and published here.</summary>
public sealed partial class ScenariosPage
{
    private ScenarioSummary? _imported;
    private Failure? _importFailure;

    [Inject] private ScenarioLibrary Library { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc />
    protected override string Reads => Permission.ReadScenarios;

    /// <inheritdoc />
    protected override async Task<Result<IReadOnlyList<ScenarioSummary>>> LoadAsync(CancellationToken ct) =>
        new(await Library.ListAsync(Caller, ct));

    private static string Href(ScenarioSummary scenario) => $"/scenarios/{Uri.EscapeDataString(scenario.DefinitionId)}";

    private async Task ImportedAsync(ScenarioSummary scenario)
    {
        (_imported, _importFailure) = (scenario, null);
        await ReloadAsync();
    }

    private void ImportFailed(Failure failure) => (_imported, _importFailure) = (null, failure);

    private async Task PublishAsync(string definitionId)
    {
        var result = await RefusalAsync(Permission.PublishScenarios) is { } refusal ? refusal : await Library.PublishAsync(Caller, definitionId, Left);
        if (result.TryGet(out var scenario, out var failure)) await ImportedAsync(scenario);
        else _importFailure = failure;
    }
}
