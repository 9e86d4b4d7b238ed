namespace IndustryBrain.Host.Pages.Permissions;

/// <summary>Whether an action may be offered.</summary>
/// <param name="Is">True when the caller has its permission.</param>
/// <param name="Reason">Why not, for the button's tooltip and for what stands beside it; null when it is allowed.</param>
public sealed record Allowance(bool Is, string? Reason);
