using IndustryBrain.Identity;
using IndustryBrain.Runtime.Secrets;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Secrets;

/// <summary>The secrets of the organization: what there is, what uses it; values go in only.</summary>
public sealed partial class SecretsPage
{
    private string _name = "";
    private string _description = "";
    private string _environment = "";
    private string _value = "";
    private string? _rotated;

    [Inject] private OrganizationSecrets Store { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc />
    protected override string Reads => Permission.ReadSecrets;

    /// <inheritdoc />
    protected override async Task<Result<SecretsData>> LoadAsync(CancellationToken ct) => new SecretsData(await Store.ListAsync(Caller, ct));

    private void Turn(SecretView secret)
    {
        Clear();
        _rotated = secret.Name;
        _environment = secret.Values is [{ Environment: { } only }] ? only : "";
    }

    private void Clear() => (_rotated, _name, _description, _environment, _value) = (null, "", "", "", "");

    private async Task StoreAsync()
    {
        // The value leaves the circuit whatever becomes of it.
        var (value, environment) = (_value, _environment.Length == 0 ? null : _environment);
        _value = "";
        if (await ActAsync(Permission.ManageSecrets, async () => _rotated is { } name
            ? (await Store.RotateAsync(Caller, name, value, environment, Left)).Failure
            : (await Store.CreateAsync(Caller, new(_name, _description, value, environment), Left)).Failure)) Clear();
    }

    private Task DeleteAsync(SecretView secret) => ActAsync(Permission.ManageSecrets, () => Store.DeleteAsync(Caller, secret.Name, Left));
}

/// <summary>What the page of secrets shows.</summary>
/// <param name="Secrets">The secrets by name, without values.</param>
public sealed record SecretsData(IReadOnlyList<SecretView> Secrets);
