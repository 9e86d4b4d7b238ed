using System.Text.Json;
using IndustryBrain.Scenarios.Expressions;
using IndustryBrain.Scenarios.Expressions.Remote;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Expressions;

/// <summary>Evaluates the expressions of one organization in its process. A value that no text names costs another round.</summary>
#pragma warning disable CA1001 // A semaphore without a wait handle holds no more than memory, and lives as long as the host.
internal sealed class OrganizationExpressions(ExpressionWorkers workers, string organization) : IExpressionEvaluator
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _alone = new(1, 1);

    public bool Supports(string language) => ScriptLanguages.IsKnown(language);

    public async ValueTask<Result<ExpressionValue>> EvaluateAsync(ExpressionRequest request, CancellationToken cancellationToken) =>
        (await EvaluateAllAsync([request], cancellationToken).ConfigureAwait(false))[0];

    public async ValueTask<IReadOnlyList<Result<ExpressionValue>>> EvaluateAllAsync(IReadOnlyList<ExpressionRequest> requests, CancellationToken cancellationToken)
    {
        if (requests.Count == 0)
        {
            return [];
        }

        using var ends = new CancellationTokenSource(workers.StepTimeout + workers.StartTimeout, workers.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ends.Token, cancellationToken);
        try
        {
            var call = new RemoteCall(requests);
            while (true)
            {
                if (!(await AskAsync(call.Write(), either.Token).ConfigureAwait(false)).TryGet(out var answer, out var failure))
                {
                    return [Worded(failure)];
                }

                if (call.Take(answer) is { } results)
                {
                    return results;
                }
            }
        }
        catch (FormatException)
        {
            return [ExpressionWorkerFailures.AnswerBroken()];
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [ExpressionWorkerFailures.TimedOut(workers.StepTimeout)];
        }
    }

    // Nothing has changed yet when a process ends with another's expressions in it: these are evaluated once more, after each other, so that the one that ends it is found.
    // Neither when a process was not there in time, which a busy machine does.
    private async Task<Result<JsonElement>> AskAsync(JsonElement request, CancellationToken ct)
    {
        var first = await workers.CallAsync(organization, request, ct).ConfigureAwait(false);
        if (first.Failure is not { Code: "IB1121" or "IB1122" or "IB1126" or "IB1127" })
        {
            return first;
        }

        await _alone.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            return await workers.CallAsync(organization, request, ct).ConfigureAwait(false);
        }
        finally
        {
            _alone.Release();
        }
    }

    private static Failure Worded(Failure failure) => failure.Code switch
    {
        "IB1114" or "IB1115" or "IB1215" => ExpressionWorkerFailures.Memory(),
        "IB1122" or "IB1123" or "IB1124" or "IB1103" => ExpressionWorkerFailures.NotStarted(failure),
        "IB1126" => ExpressionWorkerFailures.AnswerBroken(),
        "IB1111" or "IB1116" or "IB1121" or "IB1127" => ExpressionWorkerFailures.Ended(),
        _ => failure,
    };
}
