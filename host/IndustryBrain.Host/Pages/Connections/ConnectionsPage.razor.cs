using System.Text.Json;
using IndustryBrain.Identity;
using IndustryBrain.Runtime.Connections;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Connections;

/// <summary>The connections of the organization: what there is, whether it works, and the form of one.</summary>
public sealed partial class ConnectionsPage
{
    private ConnectionView? _edited;
    private (string Name, ConnectionTest Test)? _tested;
    private string _name = "";
    private string _description = "";
    private string _kind = "http";
    private string _environment = "";
    private JsonElement? _value;
    private Failure? _refused;
    private int _form;

    [Inject] private OrganizationConnections Store { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc />
    protected override string Reads => Permission.ReadConnections;

    /// <inheritdoc />
    protected override async Task<Result<ConnectionsData>> LoadAsync(CancellationToken ct) => new ConnectionsData(await Store.ListAsync(Caller, ct));

    private LocalizedText NameOf(string kind) => Store.Kinds.FirstOrDefault(k => k.Kind == kind)?.Name ?? LocalizedText.Same(kind);

    private void Choose(string? kind) => Show(_edited, kind ?? _kind, _environment, null);

    private void ChooseEnvironment(string? environment) => Show(_edited, _kind, environment ?? "", _edited is null ? _value : ValuesOf(_edited, environment ?? ""));

    private void Edit(ConnectionView connection)
    {
        var environment = connection.Settings[0].Environment ?? "";
        Show(connection, connection.Kind, environment, ValuesOf(connection, environment));
    }

    private void Clear()
    {
        (_name, _description) = ("", "");
        Show(null, _kind, "", null);
    }

    // Another form for other settings: what was typed for one is not meant for the next.
    private void Show(ConnectionView? edited, string kind, string environment, JsonElement? value) => (_edited, _kind, _environment, _value, _refused, _form) = (edited, kind, environment, value, null, _form + 1);

    private static JsonElement? ValuesOf(ConnectionView connection, string environment) => connection.Settings.FirstOrDefault(s => (s.Environment ?? "") == environment)?.Values;

    private async Task SaveAsync(JsonElement values)
    {
        var environment = _environment.Length == 0 ? null : _environment;
        _value = values;
        if (await ActAsync(Permission.ManageConnections, async () => _refused = _edited is { } edited
            ? (await Store.SetAsync(Caller, edited.Name, values, environment, edited.Revision, Left)).Failure
            : (await Store.CreateAsync(Caller, new(_name, _kind, _description, values, environment), Left)).Failure)) Clear();
    }

    private Task TestAsync(ConnectionView connection, string? environment) => ActAsync(Permission.ManageConnections, async () =>
    {
        _tested = null;
        if (!(await Store.TestAsync(Caller, connection.Name, environment, Left)).TryGet(out var test, out var failure)) return failure;
        _tested = (connection.Name, test);
        return null;
    });

    private Task DeleteAsync(ConnectionView connection) => ActAsync(Permission.ManageConnections, () => Store.DeleteAsync(Caller, connection.Name, Left));
}

/// <summary>What the page of connections shows.</summary>
/// <param name="Connections">The connections by name.</param>
public sealed record ConnectionsData(IReadOnlyList<ConnectionView> Connections);
