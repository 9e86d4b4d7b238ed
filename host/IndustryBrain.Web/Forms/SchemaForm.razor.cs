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
    private readonly string _prefix = "f" + Guid.NewGuid().ToString("N")[..8];
    private FormState _state = null!;
    private SchemaNode _schema = new("", SchemaKind.Object, LocalizedText.Same(""));
    private JsonObject _draft = [];
    private JsonElement? _readSchema;
    private JsonElement? _shown;
    private IReadOnlyList<FieldError> _given = [];
    private Failure? _failure;
    private string? _summary;
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
    protected override void OnInitialized() => _state = new FormState(_prefix, NotifyAsync);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        (_state.Uploader, _state.MaximumFileBytes, _state.IsDisabled) = (OnFile, MaximumFileBytes, Disabled);
        foreach (var (id, name) in FileNames) _state.Name(id, name);
        var fresh = _readSchema is not { } read || !JsonElement.DeepEquals(read, Schema);
        if (fresh) (_schema, _readSchema) = (SchemaNode.Read(Schema), Schema.Clone());
        if (fresh || !Same(Value, _shown)) TakeValue();
        if (!ReferenceEquals(_given, Errors) && (_given = Errors).Count > 0) await ShowAsync(Errors);
        if (!ReferenceEquals(_failure, Failure))
        {
            _failure = Failure;
            if (FormState.Locate(_schema, Failure) is { } error) await ShowAsync([error]);
        }
    }

    private void TakeValue()
    {
        _shown = Value?.Clone();
        _draft = Value is { ValueKind: JsonValueKind.Object } value ? JsonNode.Parse(value.GetRawText())!.AsObject() : FormState.Defaults(_schema);
        _state.Show([]);
        _summary = null;
        _revision++;
    }

    private async Task SubmitAsync()
    {
        if (Disabled || _state.UploadsRunning > 0 || !await ValidateAsync()) return;
        await OnValidSubmit.InvokeAsync(Current);
    }

    private async Task ShowAsync(IReadOnlyList<FieldError> errors)
    {
        _state.Show(errors);
        _summary = errors.Count == 0 ? null : FormText.ErrorCount.With(errors.Count).ToString();
        _revision++;
        StateHasChanged();
        if (errors.Count > 0) await Browser.FocusAsync(_state.Id(FocusPath(errors[0].Path)));
    }

    // A cell or value inside a pasted series has no input of its own: the field around it takes the focus.
    private string FocusPath(string path) =>
        _schema.Members.FirstOrDefault(m => m.Kind == SchemaKind.Series && path.StartsWith(m.Name + "[", StringComparison.Ordinal))?.Name ?? path;

    private async Task NotifyAsync()
    {
        _shown = Current;
        _summary = null;
        await ValueChanged.InvokeAsync(_shown.Value);
        StateHasChanged();
    }

    private static bool Same(JsonElement? left, JsonElement? right) =>
        left is null || right is null ? left is null && right is null : JsonElement.DeepEquals(left.Value, right.Value);
}
