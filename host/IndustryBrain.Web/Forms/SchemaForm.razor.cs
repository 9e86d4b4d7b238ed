using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Sdk;
using IndustryBrain.Web.Browser;
using IndustryBrain.Web.Schemas;
using IndustryBrain.Web.Texts;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Web.Forms;

/// <summary>A form made from a JSON Schema object; its fields stand in the order of the schema.</summary>
public sealed partial class SchemaForm : ComponentBase
{
    private string _prefix = "";
    private FormState _state = null!;
    private SchemaNode _schema = new("", SchemaKind.Object, LocalizedText.Same(""));
    private JsonObject _draft = [];
    private JsonElement? _readSchema;
    private JsonElement? _shown;
    private IReadOnlyList<FieldError> _given = [];
    private Failure? _failure;
    private string? _summary;
    private bool _restored;
    private bool _isShown;
    private int _revision;

    /// <summary>JSON Schema 2020-12 of the object to fill in.</summary>
    [Parameter, EditorRequired] public JsonElement Schema { get; set; }

    /// <summary>The value; null starts with the schema's defaults.</summary>
    [Parameter] public JsonElement? Value { get; set; }

    /// <summary>Raised after each change. What does not fit (a number that is no number) is in it as text, so that nothing typed is lost.</summary>
    [Parameter] public EventCallback<JsonElement> ValueChanged { get; set; }

    /// <summary>Errors the page found itself.</summary>
    [Parameter] public IReadOnlyList<FieldError> Errors { get; set; } = [];

    /// <summary>What the host answered; shown at the field its <see cref="Failure.Where"/> names. Show it with <c>ErrorState</c> too.</summary>
    [Parameter] public Failure? Failure { get; set; }

    /// <summary>Stores a chosen file; without it file fields are read-only.</summary>
    [Parameter] public FileUploader? OnFile { get; set; }

    /// <summary>Largest file accepted, in bytes; default 200 MB.</summary>
    [Parameter] public long MaximumFileBytes { get; set; } = 200L * 1024 * 1024;

    /// <summary>Names of files that the value already refers to, by their id.</summary>
    [Parameter] public IReadOnlyDictionary<string, string> FileNames { get; set; } = new Dictionary<string, string>();

    /// <summary>True while the value is being sent.</summary>
    [Parameter] public bool Disabled { get; set; }

    /// <summary>Name under which the browser's tab keeps what was not sent yet: it survives a reload, a change of language and a lost connection. Null keeps nothing.</summary>
    [Parameter] public string? DraftKey { get; set; }

    /// <summary>Buttons below the fields; one of type <c>submit</c> checks the form and raises <see cref="OnValidSubmit"/>.</summary>
    [Parameter] public RenderFragment? Footer { get; set; }

    /// <summary>Raised with the value when the person submits and nothing is wrong.</summary>
    [Parameter] public EventCallback<JsonElement> OnValidSubmit { get; set; }

    /// <summary>The value as it stands.</summary>
    public JsonElement Current => FormState.ToElement(_draft);

    [Inject] private BrowserScript Browser { get; set; } = null!;

    /// <summary>Checks everything; on errors shows them, moves the focus to the first and answers false.</summary>
    public async Task<bool> ValidateAsync()
    {
        var errors = SchemaValidator.Validate(_schema, Current);
        await ShowAsync(errors);
        return errors.Count == 0;
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        // The same ids after a reload, so that a half-typed field is found again.
        _prefix = "f-" + (DraftKey is null ? Guid.NewGuid().ToString("N")[..8] : string.Concat(DraftKey.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')));
        _state = new FormState(_prefix, NotifyAsync);
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        _isShown = true;
        if (!firstRender || DraftKey is null) return;
        var draft = FormDraft.Read(await Browser.AttachDraftAsync(_prefix, DraftKey));
        if (draft is { } kept)
        {
            foreach (var (id, name) in kept.FileNames) _state.Name(id, name);
            if (!Same(kept.Value, Current))
            {
                (_draft, _restored) = (kept.Value.ValueKind == JsonValueKind.Object ? JsonNode.Parse(kept.Value.GetRawText())!.AsObject() : _draft, true);
                _revision++;
                await NotifyAsync();
            }
        }

        // Only now are the rows of a table there whose cells were half typed.
        await Browser.RestoreTypedAsync(_prefix);
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        (_state.Uploader, _state.MaximumFileBytes, _state.IsDisabled) = (OnFile, MaximumFileBytes, Disabled);
        foreach (var (id, name) in FileNames) _state.Name(id, name);
        var fresh = _readSchema is not { } read || !JsonElement.DeepEquals(read, Schema);
        if (fresh) (_schema, _readSchema) = (SchemaNode.Read(Schema), Schema.Clone());
        if (fresh || !Same(Value, _shown))
        {
            TakeValue();
            if (_isShown) await KeepAsync();
        }

        if (!ReferenceEquals(_given, Errors) && (_given = Errors).Count > 0) await ShowAsync(Errors);
        if (!ReferenceEquals(_failure, Failure))
        {
            _failure = Failure;
            if (FormState.Locate(_schema, Failure) is { } error) await ShowAsync([error]);
        }
    }

    private void TakeValue()
    {
        _shown = Value;
        _draft = Value is { ValueKind: JsonValueKind.Object } value ? JsonNode.Parse(value.GetRawText())!.AsObject() : FormState.Defaults(_schema);
        _state.Show([]);
        (_summary, _restored) = (null, false);
        _revision++;
    }

    private async Task SubmitAsync()
    {
        if (Disabled) return;
        if (_state.UploadsRunning > 0)
        {
            _summary = FormText.UploadRunning.ToString();
            return;
        }

        if (!await ValidateAsync()) return;
        if (DraftKey is not null) await Browser.ForgetDraftAsync(_prefix);
        _restored = false;
        await OnValidSubmit.InvokeAsync(Current);
        // Refused: the person goes on from here.
        if (Failure is not null) await KeepAsync();
    }

    private async Task StartOverAsync()
    {
        _restored = false;
        (_draft, _revision) = (FormState.Defaults(_schema), _revision + 1);
        _state.Show([]);
        await NotifyAsync();
        if (DraftKey is not null) await Browser.ForgetDraftAsync(_prefix);
    }

    private async Task KeepAsync()
    {
        if (DraftKey is not null && FormDraft.Write(Current, _state.FileNames) is { } text) await Browser.KeepDraftAsync(_prefix, text);
    }

    private async Task ShowAsync(IReadOnlyList<FieldError> errors)
    {
        _state.Show(errors);
        _summary = errors.Count == 0 ? null : FormText.ErrorCount.With(_state.ErrorCount).ToString();
        _revision++;
        StateHasChanged();
        if (errors.Count > 0) await FocusAsync(FocusPath(errors[0].Path));
    }

    // A row far down is drawn only once it is scrolled to.
    private ValueTask FocusAsync(string path) =>
        path.IndexOf('[', StringComparison.Ordinal) is > 0 and var at && int.TryParse(path[(at + 1)..].Split(']')[0], out var row)
            ? Browser.FocusRowAsync(_state.Id(path), _state.Id(path[..at]), row)
            : Browser.FocusAsync(_state.Id(path));

    // A cell or value inside a pasted series has no input of its own: the field around it takes the focus.
    private string FocusPath(string path) =>
        _schema.Members.FirstOrDefault(m => m.Kind is SchemaKind.Series or SchemaKind.Texts or SchemaKind.Choices && path.StartsWith(m.Name + "[", StringComparison.Ordinal))?.Name ?? path;

    private async Task NotifyAsync()
    {
        _shown = Current;
        _summary = null;
        await ValueChanged.InvokeAsync(_shown.Value);
        StateHasChanged();
        await KeepAsync();
    }

    private static bool Same(JsonElement? left, JsonElement? right) =>
        left is null || right is null ? left is null && right is null : left.Value.Equals(right.Value) || JsonElement.DeepEquals(left.Value, right.Value);
}
