using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Expressions;

/// <summary>Evaluates the expressions of a scripting language. Asynchronous, so that it can live in a process of its own.</summary>
public interface IExpressionEvaluator
{
    /// <summary>True when expressions of <paramref name="language"/> (Elsa's spelling, such as <c>JavaScript</c>) can be evaluated.</summary>
    bool Supports(string language);

    /// <summary>Evaluates one expression. What the source does wrong is a failure, never an exception.</summary>
    ValueTask<Result<ExpressionValue>> EvaluateAsync(ExpressionRequest request, CancellationToken cancellationToken);

    /// <summary>Evaluates the expressions of one step in order, each seeing what those before it have changed; after a failure none follows.</summary>
    /// <param name="requests">Expressions with the same scope.</param>
    /// <param name="cancellationToken">Cancels them all.</param>
    /// <returns>One result for each that was evaluated.</returns>
    async ValueTask<IReadOnlyList<Result<ExpressionValue>>> EvaluateAllAsync(IReadOnlyList<ExpressionRequest> requests, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var results = new List<Result<ExpressionValue>>(requests.Count);
        foreach (var request in requests)
        {
            results.Add(await EvaluateAsync(request, cancellationToken).ConfigureAwait(false));
            if (results[^1].Failure is not null)
                break;
        }

        return results;
    }
}
