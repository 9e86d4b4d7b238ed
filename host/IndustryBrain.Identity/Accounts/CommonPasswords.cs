namespace IndustryBrain.Identity.Accounts;

/// <summary>What people who guess try first: the common passwords, words and names, also dressed up with digits and signs, rows of keys, dates and repetitions, as zxcvbn (Wheeler, USENIX Security 2016) finds them.</summary>
internal static class CommonPasswords
{
    // Guessed within a million attempts or so.
    private const int Guessable = 0;

    internal static bool Contains(string password) => Zxcvbn.Zxcvbn.MatchPassword(password).Score <= Guessable || IsMonotonous(password);

    // "aaaaaaaaaaaa", "121212121212".
    private static bool IsMonotonous(string text) => text.ToLowerInvariant().Distinct().Count() < 5;
}
