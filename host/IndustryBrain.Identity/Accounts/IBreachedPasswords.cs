namespace IndustryBrain.Identity.Accounts;

/// <summary>Knows passwords that leaked somewhere. A host may register one of its own; without one only the list of common passwords is asked.</summary>
public interface IBreachedPasswords
{
    /// <summary>True when the password is known to have leaked.</summary>
    ValueTask<bool> ContainsAsync(string password, CancellationToken cancellationToken);
}
