using System.Text.Json;
using IndustryBrain.Scenarios.Expressions.Remote;

namespace IndustryBrain.Expressions;

/// <summary>What an expression worker runs: JSON in, JSON out.</summary>
/// <param name="limits">An <see cref="ExpressionLimits"/> as JSON.</param>
public sealed class ExpressionServer(JsonElement limits)
{
    private readonly RemoteEvaluation _evaluation = new(new InProcessExpressions(limits.Deserialize<ExpressionLimits>(JsonSerializerOptions.Web)));

    /// <summary>Evaluates the expressions of one step.</summary>
    public ValueTask<JsonElement> AnswerAsync(JsonElement request, CancellationToken cancellationToken) => _evaluation.AnswerAsync(request, cancellationToken);
}
