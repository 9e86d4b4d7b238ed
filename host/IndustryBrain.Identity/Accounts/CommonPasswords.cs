namespace IndustryBrain.Identity.Accounts;

/// <summary>What people who guess try first: the common passwords, words and names, also dressed up with digits and signs, rows of keys, dates and repetitions, as zxcvbn (Wheeler, USENIX Security 2016) finds them.</summary>
internal static class CommonPasswords
{
    // Shorter words stand in too many good passwords.
    private const int ShortestWord = 5;

    internal static bool Contains(string password)
    {
        var letters = password.Trim([.. "0123456789!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ "]);
        return IsGuessed(password) || (letters.Length >= ShortestWord && letters.Length < password.Length && IsGuessed(letters)) || IsMonotonous(password);
    }

    // Within a million attempts or so.
    private static bool IsGuessed(string text) => Zxcvbn.Zxcvbn.MatchPassword(text).Score == 0;

    // "aaaaaaaaaaaa", "121212121212".
    private static bool IsMonotonous(string text) => text.ToLowerInvariant().Distinct().Count() < 5;
}
