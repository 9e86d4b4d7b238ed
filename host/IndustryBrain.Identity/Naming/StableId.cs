using System.Text.RegularExpressions;

namespace IndustryBrain.Identity.Naming;

/// <summary>The form of the ids that the platform gives to keys, people, invitations and proposals.</summary>
internal static partial class StableId
{
    internal static bool IsValid(string? id) => id is not null && Form().IsMatch(id);

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,80}\z")]
    private static partial Regex Form();
}
