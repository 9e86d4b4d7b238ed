using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Host.Pages.Permissions;
using IndustryBrain.Host.Pages.Plugins;
using IndustryBrain.Host.Texts;
using IndustryBrain.Identity;
using IndustryBrain.Runtime.Components;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using IndustryBrain.Web.Forms;
using IndustryBrain.Web.Schemas;
using IndustryBrain.Web.Shell;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Components;

/// <summary>One component: what it does, what it takes and gives, what it may do, and a form to try it.</summary>
public sealed partial class ComponentPage : ComponentBase, IDisposable
{
    private const int DigestShown = 12;
    private readonly CancellationTokenSource _left = new();
    private InstalledComponent? _component;
    private JsonElement? _value;
    private JsonElement? _examples;
    private JsonElement? _output;
    private Failure? _failure;
    private bool _busy;
    private Failure? _refusal;

    /// <summary>The component.</summary>
    [Parameter] public string ComponentId { get; set; } = "";

    [Inject] private ComponentDirectory Directory { get; set; } = null!;

    [Inject] private FileStore Files { get; set; } = null!;

    [Inject] private ICallerAccessor Callers { get; set; } = null!;

    private static IReadOnlyList<Crumb> Crumbs => [new(PageText.Components.ToString(), "/components")];

    private PluginLook Tier => PluginLook.Of(_component!.Plugin.Tier);

    private string Kind => ComponentsPage.KindText(_component!);

    /// <inheritdoc />
    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => _refusal = await Callers.RefusalAsync(Permission.ReadComponents, _left.Token);

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (_component?.Id == ComponentId) return;
        _component = Directory.Find(ComponentId);
        (_value, _output, _failure) = (null, null, null);
        _examples = _component is null ? null : Examples(_component.Input);
    }

    private static string Short(string digest) => digest.Length <= DigestShown ? digest : digest[..DigestShown] + "…";

    private static JsonElement? Examples(JsonElement schema)
    {
        var value = new JsonObject();
        foreach (var member in SchemaNode.Read(schema).Members)
        {
            if ((member.Example ?? member.Default) is { } given) value[member.Name] = JsonNode.Parse(given.GetRawText());
        }

        return value.Count == 0 ? null : JsonSerializer.SerializeToElement(value);
    }

    private void FillExamples() => (_value, _failure) = (_examples, null);

    private async Task<Result<UploadedFile>> UploadAsync(FileSelection file, CancellationToken ct) =>
        await Callers.RefusalAsync(Permission.UploadFiles, ct) is { } refusal ? refusal : (await Files.StoreAsync(await Callers.GetAsync(ct), file.Name, file.Content, ct)).Then(stored => new Result<UploadedFile>(new UploadedFile(stored.Id, stored.Name, stored.Size)));

    private async Task CallAsync(JsonElement input)
    {
        if (_busy) return;
        (_busy, _failure, _output, _value) = (true, null, null, input);
        try
        {
            var result = await Callers.RefusalAsync(Permission.CallComponents, _left.Token) is { } refusal ? refusal : await Directory.CallAsync(await Callers.GetAsync(_left.Token), ComponentId, input, _left.Token);
            if (result.TryGet(out var output, out _failure)) _output = output;
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
        finally
        {
            _busy = false;
        }
    }
}
