using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.Http;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.Sessions;
using IndustryBrain.Identity.SetUp;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Host.Pages.Accounts;

/// <summary>Where invitations are accepted: by whoever signed in, or with an account that is made at the same time.</summary>
public sealed partial class JoinPage
{
    private InvitationLook? _look;
    private LiveSession? _live;
    private Failure? _failure;
    private string _organization = "";

    /// <summary>The code of the invitation.</summary>
    [Parameter] public string? Code { get; set; }

    [SupplyParameterFromForm(FormName = "open")] private string? Given { get; set; }

    [SupplyParameterFromForm(FormName = "register")] private string? Name { get; set; }

    [SupplyParameterFromForm(FormName = "register")] private string? UserName { get; set; }

    [SupplyParameterFromForm(FormName = "register")] private string? Password { get; set; }

    [SupplyParameterFromForm(FormName = "register")] private string? Again { get; set; }

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [Inject] private IServiceProvider Services { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private IOptions<PasswordPolicy> Policy { get; set; } = null!;

    private InvitationStore Invitations => Services.GetRequiredService<InvitationStore>();

    private PersonSignIn SignIn => Services.GetRequiredService<PersonSignIn>();

    private CancellationToken Left => Http.RequestAborted;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        if (await Services.GetRequiredService<SetUpState>().IsOpenAsync(Left)) Navigation.NavigateTo(PageRequest.SetUpPage);
        _live = Http.Features.Get<LiveSession>();
        if (Code is null) return;
        if (!(await Invitations.LookAsync(Code, Left)).TryGet(out _look, out var failure)) Refuse(failure);
        else _organization = (await Services.GetRequiredService<OrganizationNames>().OfAsync([_look.Organization], Left))[_look.Organization];
    }

    private void Open() => Navigation.NavigateTo("/join/" + Uri.EscapeDataString((Given ?? "").Trim()));

    private async Task AcceptAsync()
    {
        if (_live is null || _look is null) return;
        var joined = await Invitations.AcceptAsync(PersonSignIn.CallerOf(_live), _live.Account.Id, Code!, Left);
        if (joined.Failure is { } failure)
        {
            Refuse(failure);
            return;
        }

        Services.GetRequiredService<SessionReader>().Forget();
        Navigation.NavigateTo("/account");
    }

    private async Task RegisterAsync()
    {
        if (_look is null) return;
        var failure = Password != Again ? SignInFailures.PasswordsDiffer : await SignIn.TakeAddressAsync(Http, Left);
        if (failure is null && (await MakeAsync()).TryGet(out var account, out failure))
        {
            await SignIn.LetInAsync(Http, account, await Services.GetRequiredService<MembershipStore>().OfPersonAsync(account.Id, Left), hasFactor: false, Session.PasswordMethod, Left);
            Navigation.NavigateTo("/");
            return;
        }

        Refuse(failure!);
    }

    private Task<Result<Account>> MakeAsync() => Invitations.JoinAsync(
        Code!, UserName ?? "", (caller, also) => Services.GetRequiredService<AccountRegister>().CreateAsync(caller, UserName ?? "", Name ?? "", Password ?? "", also, Left),
        Http.Connection.RemoteIpAddress?.ToString() ?? "unknown", Left);

    private void Refuse(Failure failure)
    {
        _failure = failure;
        Http.Response.StatusCode = Services.GetRequiredService<IOptions<FailureStatusOptions>>().Value.StatusOf(failure.Code);
    }
}
