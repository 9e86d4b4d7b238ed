using IndustryBrain.Identity.Http;
using IndustryBrain.Identity.Passkeys;
using IndustryBrain.Identity.Providers;
using IndustryBrain.Identity.Sessions;
using IndustryBrain.Identity.SetUp;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Host.Pages.Accounts;

/// <summary>Where people sign in: name and password, then the code where they have a second factor.</summary>
public sealed partial class SignInPage
{
    private IReadOnlyList<DemoPerson> _people = [];
    private Failure? _failure;
    private string? _ticket;
    private bool _hasCodes = true;
    private PasskeyRequest? _passkey;

    /// <summary>Where the person wanted to go.</summary>
    [SupplyParameterFromQuery(Name = "returnUrl")] public string? ReturnUrl { get; set; }

    /// <summary>Why signing in with a provider did not work: a code.</summary>
    [SupplyParameterFromQuery(Name = "failure")] public string? Failed { get; set; }

    [SupplyParameterFromForm(FormName = "passkey")] private string? Credential { get; set; }

    [SupplyParameterFromForm(FormName = "passkey")] private string? State { get; set; }

    [SupplyParameterFromForm(FormName = "password")] private string? UserName { get; set; }

    [SupplyParameterFromForm(FormName = "password")] private string? Password { get; set; }

    [SupplyParameterFromForm(FormName = "code")] private string? Ticket { get; set; }

    [SupplyParameterFromForm(FormName = "code")] private string? Code { get; set; }

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [Inject] private IServiceProvider Services { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private IOptions<SignInOptions> Options { get; set; } = null!;

    [Inject] private ProviderRegistry Providers { get; set; } = null!;

    private string Query => PageRequest.IsLocal(ReturnUrl) ? QueryString.Create("returnUrl", ReturnUrl!).ToUriComponent() : "";

    private CancellationToken Left => Http.RequestAborted;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        if (await Services.GetRequiredService<SetUpState>().IsOpenAsync(Left)) Navigation.NavigateTo(PageRequest.SetUpPage);
        // The form that was sent has to be on the page for its handler to be found.
        _ticket = Ticket ?? SessionCookies.TakeTicket(Http);
        if (HttpMethods.IsGet(Http.Request.Method) && ProviderFailures.Of(Failed) is { } failure) Refuse(failure);
        await OfferAsync();
        var demo = Services.GetRequiredService<DemoPeople>();
        if (demo.IsOffered(Http)) _people = await demo.ListAsync(Left);
    }

    private async Task GivePasswordAsync()
    {
        var given = await Services.GetRequiredService<PersonSignIn>().GivePasswordAsync(Http, UserName ?? "", Password ?? "", Left);
        if (!given.TryGet(out _ticket, out var failure)) Refuse(failure);
        else if (_ticket is null) GoOn();
        else await OfferAsync();
    }

    private async Task ShowPasskeyAsync()
    {
        var failure = await Services.GetRequiredService<PasskeyDesk>().SignInAsync(Http, Credential ?? "", State ?? "", Left);
        if (failure is null) GoOn();
        else Refuse(failure);
    }

    // Before a password nobody is known; after it, what they have.
    private async Task OfferAsync()
    {
        var hasPasskey = true;
        if (_ticket is not null) (_hasCodes, hasPasskey) = await Services.GetRequiredService<PersonSignIn>().FactorsOfAsync(_ticket, Left);
        var passkeys = Services.GetRequiredService<PasskeyDesk>();
        _passkey = hasPasskey && passkeys.IsOffered(Http) ? await passkeys.AskToShowAsync(Http) : null;
    }

    private async Task GiveCodeAsync()
    {
        var failure = await Services.GetRequiredService<PersonSignIn>().GiveCodeAsync(Http, Ticket ?? "", Code ?? "", Left);
        if (failure is null)
        {
            GoOn();
            return;
        }

        // A code may be typed again; anything else begins with the password.
        if (failure.Code != SignInFailures.CodeWrong.Code) _ticket = null;
        Refuse(failure);
    }

    private void GoOn() => Navigation.NavigateTo(PageRequest.LocalOr(ReturnUrl));

    private void Refuse(Failure failure)
    {
        _failure = failure;
        Http.Response.StatusCode = Services.GetRequiredService<IOptions<FailureStatusOptions>>().Value.StatusOf(failure.Code);
    }
}
