using System.Text.Json;
using IndustryBrain.Host.Pages.Permissions;
using IndustryBrain.Identity;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace IndustryBrain.Host.Pages.Plugins;

/// <summary>A form made from a schema that is saved as a whole: it keeps what was not saved from being lost, and takes new values from outside only while nothing was changed.</summary>
public sealed partial class FormCard : ComponentBase
{
    private static readonly JsonElement Empty = JsonElement.Parse("{}");
    private JsonElement? _given;
    private JsonElement? _value;
    private Failure? _failure;
    private string? _target;
    private bool _isDirty;
    private bool _isSaved;
    private bool _busy;

    /// <summary>Id of the heading.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    /// <summary>The heading.</summary>
    [Parameter, EditorRequired] public LocalizedText Title { get; set; } = null!;

    /// <summary>One sentence below it.</summary>
    [Parameter, EditorRequired] public LocalizedText What { get; set; } = null!;

    /// <summary>Who changed the values last, or null.</summary>
    [Parameter] public string? By { get; set; }

    /// <summary>JSON Schema of the values.</summary>
    [Parameter, EditorRequired] public JsonElement Schema { get; set; }

    /// <summary>The values that are saved; null for none, which the schema's defaults stand for.</summary>
    [Parameter, EditorRequired] public JsonElement? Value { get; set; }

    /// <summary>The permission to change them.</summary>
    [Parameter, EditorRequired] public string Permission { get; set; } = "";

    /// <summary>Saves the values that were made from others (null for none): what was refused, or null.</summary>
    [Parameter, EditorRequired] public Func<JsonElement, JsonElement?, Task<Failure?>> Save { get; set; } = null!;

    /// <summary>Raised when the saved values are wanted in place of those that were refused.</summary>
    [Parameter] public EventCallback OnReload { get; set; }

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private ICallerAccessor Callers { get; set; } = null!;

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (_isDirty || Same(_given, Value)) return;
        _given = _value = Value;
    }

    private static bool Same(JsonElement? left, JsonElement? right) => left is null || right is null ? left is null && right is null : JsonElement.DeepEquals(left.Value, right.Value);

    private void Changed(JsonElement value) => (_value, _isDirty, _isSaved) = (value, !Same(value, _given ?? Empty), false);

    private void UseDefaults()
    {
        // Without a value the form has the defaults of the schema.
        if (_value is null) return;
        (_value, _isDirty, _isSaved, _failure) = (null, _given is not null, false, null);
    }

    private async Task SaveAsync(JsonElement value)
    {
        if (_busy) return;
        (_busy, _value, _failure) = (true, value, null);
        try
        {
            _failure = await Callers.RefusalAsync(Permission) ?? await Save(value, _given);
            if (_failure is null) (_given, _isDirty, _isSaved) = (value, false, true);
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task ReloadAsync()
    {
        (_isDirty, _failure, _given) = (false, null, null);
        await OnReload.InvokeAsync();
    }

    private void Ask(LocationChangingContext leaving)
    {
        if (!_isDirty) return;
        leaving.PreventNavigation();
        _target = leaving.TargetLocation;
        StateHasChanged();
    }

    private void Leave()
    {
        _isDirty = false;
        Navigation.NavigateTo(_target!);
    }
}
