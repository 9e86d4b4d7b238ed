using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;

namespace IndustryBrain.Identity.Approvals;

/// <summary>An action that takes two people.</summary>
public interface IApprovable
{
    /// <summary>Its name in the audit trail.</summary>
    string Action { get; }

    /// <summary>What both people need.</summary>
    string Permission { get; }

    /// <summary>What the parameters are about, as it is now: a change between proposal and approval makes the proposal void.</summary>
    Task<Result<ApprovalSubject>> DescribeAsync(Caller caller, JsonElement parameters, CancellationToken cancellationToken);

    /// <summary>Does it on behalf of the second person.</summary>
    /// <returns>Why it could not be done; null when it was.</returns>
    Task<Failure?> ExecuteAsync(Caller caller, JsonElement parameters, CancellationToken cancellationToken);
}

/// <summary>What a proposal is about.</summary>
/// <param name="Label">For people.</param>
/// <param name="Basis">What must not change until it is approved.</param>
public sealed record ApprovalSubject(string Label, string Basis);
