using IndustryBrain.Host.Texts;
using IndustryBrain.Identity.Accounts;
using IndustryBrain.Web.Texts;

namespace IndustryBrain.Host.Pages.Accounts;

/// <summary>What a new password needs, in words.</summary>
internal static class PasswordHint
{
    internal static string Of(PasswordPolicy policy) => (policy.Policy == PasswordRules.Mlps3 ? AccountText.PasswordKindsHint : AccountText.PasswordHint).Fill(policy.MinLength);
}
