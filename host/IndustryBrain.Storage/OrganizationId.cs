using System.Text.RegularExpressions;

namespace IndustryBrain.Storage;

/// <summary>The form of an organization's id: lower-case letters, digits and hyphens, at most 63 characters.</summary>
public static partial class OrganizationId
{
    /// <summary>True when the text can be the id of an organization.</summary>
    public static bool IsValid(string? text) => text is not null && Form().IsMatch(text);

    /// <summary>The text itself; a text of another form is a bug of the caller, never a tenant.</summary>
    /// <exception cref="ArgumentException">The text has another form.</exception>
    public static string Require(string text) => IsValid(text) ? text : throw new ArgumentException("Not the id of an organization.", nameof(text));

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex Form();
}
