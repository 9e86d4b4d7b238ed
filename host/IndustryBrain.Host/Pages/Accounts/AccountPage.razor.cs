using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Sessions;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Host.Pages.Accounts;

/// <summary>One's own account: organizations, second factor, sessions, password.</summary>
public sealed partial class AccountPage
{
    private IReadOnlyDictionary<string, string> _names = new Dictionary<string, string>();
    private IReadOnlyList<Session> _sessions = [];
    private LiveSession? _live;
    private Failure? _failure;
    private IReadOnlyList<string> _ways = [];
    private bool _changed;
    private bool _hasFactor;
    private long _codesLeft;

    [SupplyParameterFromForm(FormName = "password")] private string? Present { get; set; }

    [SupplyParameterFromForm(FormName = "password")] private string? Password { get; set; }

    [SupplyParameterFromForm(FormName = "password")] private string? Again { get; set; }

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [Inject] private IServiceProvider Services { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    [Inject] private IOptions<PasswordPolicy> Policy { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        if (Http.Features.Get<LiveSession>() is not { } live)
        {
            Navigation.NavigateTo(PageRequest.SignInPage + "?returnUrl=%2Faccount");
            return;
        }

        var ct = Http.RequestAborted;
        var factors = Services.GetRequiredService<SecondFactors>();
        _names = await Services.GetRequiredService<OrganizationNames>().OfAsync(live.Memberships.Select(m => m.Organization), ct);
        _sessions = await Services.GetRequiredService<PersonSessions>().ListAsync(live, ct);
        (_hasFactor, _codesLeft) = (await factors.HasAsync(live.Account.Id, ct), await factors.CountRecoveryCodesAsync(live.Account.Id, ct));
        _ways = await WaysPage.NamesAsync(Services, live, ct);
        _live = live;
    }

    private async Task ChangePasswordAsync()
    {
        if (_live is null) return;
        _failure = await Services.GetRequiredService<OwnAccount>().ChangePasswordAsync(_live, Present ?? "", Password ?? "", Again ?? "", Http.RequestAborted);
        _changed = _failure is null;
        if (_changed) _sessions = [.. _sessions.Where(s => s.Id == _live.Session.Id)];
    }
}
