using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Host.Pages.Permissions;
using IndustryBrain.Host.Texts;
using IndustryBrain.Identity;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using IndustryBrain.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Scenarios;

/// <summary>The form that starts a run, made from the scenario's input schema.</summary>
public sealed partial class RunForm : ComponentBase
{
    private readonly Dictionary<string, string> _uploaded = new(StringComparer.Ordinal);
    private ScenarioDetails? _shown;
    private JsonElement? _value;
    private Failure? _failure;
    private string? _note;
    private string? _fileId;
    private string? _fileName;
    private bool _busy;

    /// <summary>The scenario.</summary>
    [Parameter, EditorRequired] public ScenarioDetails Details { get; set; } = null!;

    /// <summary>Input to start from; null for the defaults.</summary>
    [Parameter] public JsonElement? Input { get; set; }

    /// <summary>The run whose input it starts from, or null.</summary>
    [Parameter] public Guid? From { get; set; }

    /// <summary>Names of files by id.</summary>
    [Parameter] public IReadOnlyDictionary<string, string> FileNames { get; set; } = new Dictionary<string, string>();

    [Inject] private RunCoordinator Runs { get; set; } = null!;

    [Inject] private FileStore Files { get; set; } = null!;

    [Inject] private ICallerAccessor Callers { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (_shown?.Definition.DefinitionId == Details.Definition.DefinitionId) return;
        _shown = Details;
        (_value, _note, _failure) = (Input ?? WithParameters(), Input is null ? null : PageText.InputOfRun.ToString(), null);
        TakeFile();
    }

    private string DraftKey => $"run:{Details.Definition.DefinitionId}:{From}{(Details.Environment == ScenarioEnvironments.Production ? "" : $":{Details.Environment}")}";

    private string NotLive =>
        Details.Scenario.RetractedVersion is { } gone && Details.Environment == ScenarioEnvironments.Production ? VersionText.RetractedVersion.Fill(gone)
        : Details.Scenario.DraftVersion is null ? VersionText.NoneLive.ToString()
        : PageText.DraftOnly.ToString();

    private string HrefOf(string environment) =>
        $"/scenarios/{Uri.EscapeDataString(Details.Definition.DefinitionId)}{(environment == ScenarioEnvironments.Production ? "" : $"?environment={environment}")}";

    // What the schema gives by default stands in the form beside the environment's parameters; null when there are none.
    private JsonElement? WithParameters()
    {
        if (Details.Parameters.ValueKind != JsonValueKind.Object || !Details.Parameters.EnumerateObject().Any()) return null;
        var value = new JsonObject();
        if (Details.InputSchema.ValueKind == JsonValueKind.Object && Details.InputSchema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in properties.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Object))
            {
                if (Details.Parameters.TryGetProperty(property.Name, out var given) || property.Value.TryGetProperty("default", out given)) value[property.Name] = JsonNode.Parse(given.GetRawText());
            }
        }

        return JsonSerializer.SerializeToElement(value);
    }

    private void Fill(ScenarioSample sample)
    {
        (_value, _failure, _note) = (sample.Input, null, PageText.SampleFilled.Fill(sample.Name));
        TakeFile();
    }

    private void Changed(JsonElement value)
    {
        (_value, _failure, _note) = (value, null, null);
        TakeFile();
    }

    private void TakeFile()
    {
        _fileId = _value is { ValueKind: JsonValueKind.Object } value
            ? value.EnumerateObject()
                .Where(m => m.Value.ValueKind == JsonValueKind.Object && m.Value.TryGetProperty("file", out var id) && id.ValueKind == JsonValueKind.String)
                .Select(m => m.Value.GetProperty("file").GetString())
                .FirstOrDefault()
            : null;
        _fileName = _fileId is null ? null : _uploaded.GetValueOrDefault(_fileId) ?? FileNames.GetValueOrDefault(_fileId);
    }

    private async Task<Result<UploadedFile>> UploadAsync(FileSelection file, CancellationToken ct)
    {
        if (await Callers.RefusalAsync(Permission.UploadFiles, ct) is { } refusal) return refusal;
        if (!(await Files.StoreAsync(await Callers.GetAsync(ct), file.Name, file.Content, ct)).TryGet(out var stored, out var failure)) return failure;
        _uploaded[stored.Id] = stored.Name;
        return new UploadedFile(stored.Id, stored.Name, stored.Size);
    }

    private async Task StartAsync(JsonElement input)
    {
        if (_busy) return;
        (_busy, _failure, _value) = (true, null, input);
        try
        {
            _failure = await Callers.RefusalAsync(Permission.StartRuns);
            if (_failure is null && (await Runs.StartAsync(await Callers.GetAsync(), Details.Definition.DefinitionId, Details.Environment, input, CancellationToken.None)).TryGet(out var run, out _failure))
                Navigation.NavigateTo($"/runs/{run.Id}");
        }
        finally
        {
            _busy = false;
        }
    }
}
