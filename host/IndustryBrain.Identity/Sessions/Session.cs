namespace IndustryBrain.Identity.Sessions;

/// <summary>A person signed in on one device.</summary>
/// <param name="Id">What tells it from others on pages and in the trail; the cookie cannot be made of it.</param>
/// <param name="Person">Id of the account.</param>
/// <param name="Organization">Id of the organization they act for.</param>
/// <param name="CreatedAt">When they signed in.</param>
/// <param name="SeenAt">When they last did something, within a minute.</param>
/// <param name="ConfirmedAt">When they last gave their password.</param>
/// <param name="HasFactor">True when a second factor was given too.</param>
/// <param name="Address">Network address they signed in from.</param>
/// <param name="Browser">What their browser calls itself.</param>
public sealed record Session(string Id, string Person, string Organization, DateTimeOffset CreatedAt, DateTimeOffset SeenAt, DateTimeOffset ConfirmedAt, bool HasFactor, string Address, string Browser)
{
    /// <summary>By what the person was let in: <c>password</c>, <c>passkey</c>, <c>link</c>, or the id of a provider.</summary>
    public string Method { get; init; } = PasswordMethod;

    internal const string PasswordMethod = "password";
    internal const string PasskeyMethod = "passkey";
    internal const string LinkMethod = "link";

    internal byte[] Hash { get; init; } = [];

    internal string Stamp { get; init; } = "";

    internal static string IdOf(byte[] hash) => "ses-" + Convert.ToHexStringLower(hash.AsSpan(0, 6));
}
