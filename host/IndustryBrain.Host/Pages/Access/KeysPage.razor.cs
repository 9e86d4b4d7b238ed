using IndustryBrain.Host.Texts;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Keys;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.Roles;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Host.Pages.Access;

/// <summary>The API keys of the organization, and the programs that hold some.</summary>
public sealed partial class KeysPage
{
    private readonly HashSet<string> _chosen = [];
    private readonly HashSet<string> _roles = [];
    private string _name = "";
    private int _days;
    private string _holder = "";
    private string _accountName = "";
    private string? _text;

    [Inject] private ApiKeyStore Store { get; set; } = null!;

    [Inject] private ServiceAccountStore Accounts { get; set; } = null!;

    [Inject] private IOptions<ApiKeyOptions> Options { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc />
    protected override string Reads => Permission.ManageKeys;

    private IReadOnlyList<string> Known => Caller.Organization == PlatformOrganization.Id ? Role.OfPlatform : Role.OfOrganizations;

    /// <inheritdoc />
    protected override void OnInitialized() => _days = Options.Value.DefaultDays;

    /// <inheritdoc />
    protected override async Task<Result<KeysData>> LoadAsync(CancellationToken ct) =>
        new KeysData(await Store.ListAsync(Caller, ct), await Accounts.ListAsync(Caller, ct), [.. await Accessor.ListAsync(ct)]);

    private string HolderOf(ApiKeyView key) =>
        key.ServiceAccount is { } account ? Data!.Accounts.FirstOrDefault(a => a.Id == account)?.Name ?? account
        : key.Person is not null && key.MadeBy is { } maker ? ActorText.Of(maker)
        : AccessText.OfOrganization.ToString();

    private void Choose(string permission, bool isChosen) => _ = isChosen ? _chosen.Add(permission) : _chosen.Remove(permission);

    private Task CreateAsync() => ShowAsync(async () =>
    {
        var holder = _holder.Length > 0 ? _holder : null;
        var made = await Store.CreateAsync(Caller, await Accessor.ListAsync(Left), new(_name, _chosen.Count > 0 || holder is null ? [.. _chosen] : null, _days, holder), Left);
        if (made.Failure is null) _name = "";
        return made;
    });

    private Task RotateAsync(ApiKeyView key) => ShowAsync(async () => await Store.RotateAsync(Caller, await Accessor.ListAsync(Left), key.Id, null, Left));

    private Task RevokeAsync(ApiKeyView key) => ActAsync(Permission.ManageKeys, async () => (await Store.RevokeAsync(Caller, key.Id, Left)).Failure);

    private Task CloseAsync(ServiceAccount account) => ActAsync(Permission.ManageKeys, async () => (await Accounts.CloseAsync(Caller, account.Id, Left)).Failure);

    private async Task CreateAccountAsync()
    {
        if (!await ActAsync(Permission.ManageKeys, async () => (await Accounts.CreateAsync(Caller, await Accessor.ListAsync(Left), _accountName, [.. _roles], Left)).Failure)) return;
        _accountName = "";
        _roles.Clear();
    }

    private async Task ShowAsync(Func<Task<Result<NewApiKey>>> make)
    {
        _text = null;
        await ActAsync(Permission.ManageKeys, async () =>
        {
            if (!(await make()).TryGet(out var made, out var failure)) return failure;
            _text = made.Text;
            return null;
        });
    }
}

/// <summary>What the page of keys shows.</summary>
/// <param name="Keys">The keys.</param>
/// <param name="Accounts">The service accounts.</param>
/// <param name="Own">What whoever looks may do, and so may give.</param>
public sealed record KeysData(IReadOnlyList<ApiKeyView> Keys, IReadOnlyList<ServiceAccount> Accounts, IReadOnlyList<string> Own);
