namespace IndustryBrain.Identity.SignIn;

/// <summary>The authentication schemes.</summary>
public static class SchemeNames
{
    /// <summary>Chooses one of the others.</summary>
    public const string Any = "IndustryBrain";

    /// <summary>The person at this machine.</summary>
    public const string Local = "Local";

    /// <summary>A person who signed in.</summary>
    public const string Session = "Session";

    /// <summary>An API key.</summary>
    public const string ApiKey = "ApiKey";
}
