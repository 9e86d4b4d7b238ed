namespace IndustryBrain.Identity.Accounts;

/// <summary>An account as the security administrator sees it.</summary>
/// <param name="Person">Its id.</param>
/// <param name="UserName">What the person signs in with.</param>
/// <param name="Name">Name for people to read.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UsedAt">When the person last signed in; null when never, or not since this is noted.</param>
/// <param name="DisabledAt">When it was disabled; null while it may be used.</param>
/// <param name="HasPassword">True when a password is set.</param>
/// <param name="HasCodes">True when an authenticator is set up.</param>
/// <param name="Passkeys">How many passkeys it has.</param>
/// <param name="Organizations">Ids of the organizations that the person belongs to.</param>
public sealed record AccountView(
    string Person, string UserName, string Name, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt, DateTimeOffset? DisabledAt, bool HasPassword, bool HasCodes, int Passkeys, IReadOnlyList<string> Organizations);

/// <summary>A link by which somebody sets a new password; it is shown this once.</summary>
/// <param name="Path">Its path on this host.</param>
/// <param name="ExpiresAt">When it stops holding; counted from the approval where it waits for one.</param>
/// <param name="Approval">Id of the proposal that a second person has to approve before it holds; null when it holds now.</param>
public sealed record PasswordLink(string Path, DateTimeOffset ExpiresAt, string? Approval);
