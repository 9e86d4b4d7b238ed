using System.Collections.Concurrent;
using IndustryBrain.Expressions;
using IndustryBrain.Plugins.Expressions;
using IndustryBrain.Scenarios.Expressions;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Runs.Execution;

/// <summary>Who evaluates the expressions of an organization's runs: its worker, or this process where that was chosen.</summary>
internal sealed class OrganizationEvaluators(ExpressionWorkers workers, IOptions<ExpressionOptions> options, IOptions<ExpressionLimits> limits)
{
    private readonly InProcessExpressions? _inProcess = options.Value.InProcess ? new(limits.Value) : null;
    private readonly ConcurrentDictionary<string, IExpressionEvaluator> _evaluators = new(StringComparer.Ordinal);

    public IExpressionEvaluator Of(string organization) => _evaluators.GetOrAdd(organization, id => new StorableExpressions(_inProcess ?? workers.Of(id)));
}
