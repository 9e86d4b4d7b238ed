using IndustryBrain.Host.Texts;
using IndustryBrain.Identity.Passkeys;
using IndustryBrain.Identity.Providers;
using IndustryBrain.Identity.Sessions;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Accounts;

/// <summary>By what a person gets in beside their password: passkeys and providers.</summary>
public sealed partial class WaysPage
{
    private IReadOnlyList<Passkey> _passkeys = [];
    private IReadOnlyList<ExternalLogin> _logins = [];
    private PasskeyRequest? _request;
    private LiveSession? _live;
    private Failure? _failure;
    private string _ticket = "";

    /// <summary>Why linking did not work: a code.</summary>
    [SupplyParameterFromQuery(Name = "failure")] public string? Failed { get; set; }

    [SupplyParameterFromForm(FormName = "add")] private string? Credential { get; set; }

    [SupplyParameterFromForm(FormName = "add")] private string? State { get; set; }

    [SupplyParameterFromForm(FormName = "add")] private string? Name { get; set; }

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [Inject] private IServiceProvider Services { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    [Inject] private ProviderRegistry Providers { get; set; } = null!;

    /// <summary>What lets the person in, in words.</summary>
    internal static async Task<IReadOnlyList<string>> NamesAsync(IServiceProvider services, LiveSession live, CancellationToken ct)
    {
        var providers = services.GetRequiredService<ProviderRegistry>();
        var logins = await services.GetRequiredService<ExternalLogins>().OfPersonAsync(live.Account.Id, ct);
        var passkeys = await services.GetRequiredService<PasskeyStore>().OfPersonAsync(live.Account.Id, ct);
        return
        [
            .. live.Account.PasswordHash is null ? Array.Empty<string>() : [AccountText.Password.ToString()],
            .. passkeys.Count == 0 ? Array.Empty<string>() : [AccountText.Passkeys.ToString()],
            .. logins.Select(l => providers.NameOf(l.Provider)),
        ];
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        if (Http.Features.Get<LiveSession>() is not { } live)
        {
            Navigation.NavigateTo(PageRequest.SignInPage + "?returnUrl=%2Faccount%2Fways");
            return;
        }

        if (HttpMethods.IsGet(Http.Request.Method)) _failure = ProviderFailures.Of(Failed);
        _ticket = Services.GetRequiredService<ProviderChallenge>().LinkTicketOf(live);
        _live = live;
        await ReadAsync(live);
    }

    private async Task ReadAsync(LiveSession live)
    {
        _passkeys = await Services.GetRequiredService<PasskeyStore>().OfPersonAsync(live.Account.Id, Http.RequestAborted);
        _logins = await Services.GetRequiredService<ExternalLogins>().OfPersonAsync(live.Account.Id, Http.RequestAborted);
        var desk = Services.GetRequiredService<PasskeyDesk>();
        _request = desk.IsOffered(Http) ? await desk.AskToMakeAsync(Http, live.Account) : null;
    }

    private Task AddAsync() => ActAsync(live => Services.GetRequiredService<PasskeyDesk>().AddAsync(Http, live, Credential ?? "", State ?? "", Name ?? "", Http.RequestAborted));

    private Task RemoveAsync(string id) => ActAsync(live => Services.GetRequiredService<PasskeyDesk>().RemoveAsync(live, id, Http.RequestAborted));

    private Task UnlinkAsync(string provider) => ActAsync(live => Services.GetRequiredService<OwnAccount>().UnlinkAsync(live, provider, Http.RequestAborted));

    private async Task ActAsync(Func<LiveSession, Task<Failure?>> act)
    {
        if (_live is null) return;
        _failure = await act(_live);
        if (_failure is null) Navigation.NavigateTo(PageRequest.WaysPage);
    }
}
