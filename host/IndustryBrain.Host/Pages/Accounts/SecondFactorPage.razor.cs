using IndustryBrain.Identity.Sessions;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Accounts;

/// <summary>Where people set their second factor up, and make recovery codes anew.</summary>
public sealed partial class SecondFactorPage
{
    private LiveSession? _live;
    private Failure? _failure;
    private byte[]? _secret;
    private IReadOnlyList<string>? _codes;
    private long _codesLeft;

    [SupplyParameterFromForm(FormName = "confirm")] private string? Code { get; set; }

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [Inject] private IServiceProvider Services { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        if (Http.Features.Get<LiveSession>() is not { } live)
        {
            Navigation.NavigateTo(PageRequest.SignInPage + "?returnUrl=%2Faccount%2Fsecond-factor");
            return;
        }

        var factors = Services.GetRequiredService<SecondFactors>();
        if (await factors.HasAsync(live.Account.Id, Http.RequestAborted)) _codesLeft = await factors.CountRecoveryCodesAsync(live.Account.Id, Http.RequestAborted);
        else if (!(await factors.ProposeAsync(live.Account.Id, Http.RequestAborted)).TryGet(out _secret, out var failure)) _failure = failure;
        _live = live;
    }

    private async Task ConfirmAsync()
    {
        if (_live is not null) _codes = (await Services.GetRequiredService<OwnAccount>().SetUpFactorAsync(_live, Code ?? "", Http.RequestAborted)).TryGet(out var codes, out _failure) ? codes : null;
    }

    private async Task RenewAsync()
    {
        if (_live is not null && _secret is null) _codes = await Services.GetRequiredService<OwnAccount>().RenewCodesAsync(_live, Http.RequestAborted);
    }
}
