using System.Security.Claims;
using IndustryBrain.Identity.SignIn;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Identity.Sessions;

/// <summary>Remembers by which session the circuit was opened; the request that opened it has gone when the circuit looks.</summary>
internal sealed class CircuitSession
{
    internal byte[]? Hash { get; private set; }

    internal void Open(HttpContext? context) => Hash ??= context?.Features.Get<LiveSession>()?.Session.Hash;
}

/// <summary>Whether the person of an open page gave their password within <see cref="SignInOptions.ConfirmedMinutes"/>.</summary>
public sealed class RecentPerson
{
    /// <summary>The code of the refusal, IB4042.</summary>
    public const string Code = "IB4042";

    private readonly CircuitSession _circuit;
    private readonly SessionReader _sessions;
    private readonly SignInOptions _options;
    private readonly TimeProvider _time;

    internal RecentPerson(CircuitSession circuit, SessionReader sessions, IOptions<SignInOptions> options, TimeProvider time) => (_circuit, _sessions, _options, _time) = (circuit, sessions, options.Value, time);

    /// <summary>Null when they did, or nobody signed in here; else IB4042.</summary>
    public async ValueTask<Sdk.Failure?> CheckAsync(CancellationToken cancellationToken) =>
        _circuit.Hash is not { } hash || (await _sessions.ReadAsync(hash, cancellationToken) is { } live && _time.GetUtcNow() - live.Session.ConfirmedAt <= TimeSpan.FromMinutes(_options.ConfirmedMinutes)) ? null : SignInFailures.ConfirmationNeeded;
}

/// <summary>Follows the session of an open page: what its person does keeps the session awake, and nothing else.</summary>
internal sealed class CircuitWatch(CircuitSession circuit, SessionReader sessions, IHttpContextAccessor http) : CircuitHandler
{
    public override Task OnCircuitOpenedAsync(Circuit opened, CancellationToken cancellationToken)
    {
        circuit.Open(http.HttpContext);
        return Task.CompletedTask;
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async context =>
    {
        if (circuit.Hash is { } hash && await sessions.ReadAsync(hash, CancellationToken.None) is { } live)
        {
            await sessions.TouchAsync(live, CancellationToken.None);
        }

        await next(context);
    };
}

/// <summary>Looks every few seconds whether the session behind an open page has ended, or its person may do other things than before; a page without a session, of the person at this machine, is left alone.</summary>
internal sealed class CircuitUser(ILoggerFactory logger, CircuitSession circuit, SessionReader sessions, IOptions<SignInOptions> options) : RevalidatingServerAuthenticationStateProvider(logger)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(options.Value.PageLookSeconds);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        if (CallerClaims.SessionOf(authenticationState.User) is null) return true;
        if (circuit.Hash is not { } hash || await sessions.ReadAsync(hash, cancellationToken) is not { } live) return false;
        var present = live.ToPrincipal(SchemeNames.Session);
        if (!IsSame(present, authenticationState.User)) SetAuthenticationState(Task.FromResult(new AuthenticationState(present)));
        return true;
    }

    private static bool IsSame(ClaimsPrincipal one, ClaimsPrincipal other) =>
        one.Claims.Select(c => (c.Type, c.Value)).ToHashSet().SetEquals(other.Claims.Select(c => (c.Type, c.Value)));
}
