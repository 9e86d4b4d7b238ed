using IndustryBrain.Identity.Accounts;
using IndustryBrain.Identity.SetUp;
using IndustryBrain.Identity.SignIn;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Host.Pages.Accounts;

/// <summary>The first set-up: without a link it says what is missing, with one a person becomes an administrator.</summary>
public sealed partial class SetUpPage
{
    private IReadOnlyList<string> _missing = [];
    private IReadOnlyList<string>? _codes;
    private SetUpLink? _link;
    private Failure? _failure;

    /// <summary>The secret part of a one-time link.</summary>
    [Parameter] public string? Token { get; set; }

    [SupplyParameterFromForm(FormName = "become")] private string? Name { get; set; }

    [SupplyParameterFromForm(FormName = "become")] private string? UserName { get; set; }

    [SupplyParameterFromForm(FormName = "become")] private string? Password { get; set; }

    [SupplyParameterFromForm(FormName = "become")] private string? Again { get; set; }

    [SupplyParameterFromForm(FormName = "become")] private string? Code { get; set; }

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [Inject] private IServiceProvider Services { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Inject] private IOptions<PasswordPolicy> Policy { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var state = Services.GetRequiredService<SetUpState>();
        if (!await state.IsOpenAsync(Http.RequestAborted))
        {
            Navigation.NavigateTo(PageRequest.SignInPage);
            return;
        }

        _missing = await state.MissingAsync(Http.RequestAborted);
        if (Token is not null && !(await Services.GetRequiredService<SetUpLinks>().FindAsync(Token, Http.RequestAborted)).TryGet(out _link, out var failure)) _failure = failure;
    }

    private async Task BecomeAsync()
    {
        if (Token is null || _link is null) return;
        var made = await Services.GetRequiredService<FirstAdministrators>().MakeAsync(
            Token, UserName ?? "", Name ?? "", Password ?? "", Again ?? "", Code ?? "", Http.Connection.RemoteIpAddress?.ToString() ?? "unknown", Http.RequestAborted);
        _codes = made.TryGet(out var codes, out _failure) ? codes : null;
    }
}
