namespace IndustryBrain.Scenarios.Expressions;

/// <summary>The scripting languages of expressions, by Elsa's names.</summary>
public static class ScriptLanguages
{
    /// <summary>JavaScript.</summary>
    public const string JavaScript = "JavaScript";

    /// <summary>C#.</summary>
    public const string CSharp = "CSharp";

    /// <summary>Liquid.</summary>
    public const string Liquid = "Liquid";

    /// <summary>False for a language that Elsa knows and nothing here can evaluate, such as Python.</summary>
    public static bool IsKnown(string language) => language is JavaScript or CSharp or Liquid;
}
