using IndustryBrain.Identity.Http;
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

    /// <summary>Where the person wanted to go.</summary>
    [SupplyParameterFromQuery(Name = "returnUrl")] public string? ReturnUrl { get; set; }

    [SupplyParameterFromForm(FormName = "password")] private string? UserName { get; set; }

    [SupplyParameterFromForm(FormName = "password")] private string? Password { get; set; }

    [SupplyParameterFromForm(FormName = "code")] private string? Ticket { get; set; }

    [SupplyParameterFromForm(FormName = "code")] private string? Code { get; set; }

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [Inject] private IServiceProvider Services { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private IOptions<SignInOptions> Options { get; set; } = null!;

    private CancellationToken Left => Http.RequestAborted;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        if (await Services.GetRequiredService<SetUpState>().IsOpenAsync(Left)) Navigation.NavigateTo(PageRequest.SetUpPage);
        // The form that was sent has to be on the page for its handler to be found.
        _ticket = Ticket;
        var demo = Services.GetRequiredService<DemoPeople>();
        if (demo.IsOffered(Http)) _people = await demo.ListAsync(Left);
    }

    private async Task GivePasswordAsync()
    {
        var given = await Services.GetRequiredService<PersonSignIn>().GivePasswordAsync(Http, UserName ?? "", Password ?? "", Left);
        if (!given.TryGet(out _ticket, out var failure)) Refuse(failure);
        else if (_ticket is null) GoOn();
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
