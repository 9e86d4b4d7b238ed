using IndustryBrain.Storage;

namespace IndustryBrain.Runtime.Quotas;

/// <summary>What was set for an organization.</summary>
/// <param name="Organization">The organization.</param>
/// <param name="Quota">What differs for it; null in it for what the configuration says.</param>
/// <param name="Limits">What it may use because of it.</param>
/// <param name="Revision">How often it was set: who sets it says which one was seen.</param>
/// <param name="UpdatedAt">When it was set last, or null.</param>
/// <param name="UpdatedBy">Who set it, or null.</param>
public sealed record QuotaView(string Organization, OrganizationQuota Quota, QuotaLimits Limits, int Revision, DateTimeOffset? UpdatedAt, Actor? UpdatedBy);
