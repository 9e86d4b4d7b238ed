using System.Text.Json;
using IndustryBrain.Scenarios.Expressions;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Runs.Execution;

/// <summary>Expressions of a durable run: what a script gives or sets must be storable, else its step fails.</summary>
internal sealed class StorableExpressions(IExpressionEvaluator inner) : IExpressionEvaluator
{
    public bool Supports(string language) => inner.Supports(language);

    public async ValueTask<Result<ExpressionValue>> EvaluateAsync(ExpressionRequest request, CancellationToken cancellationToken)
    {
        var scope = new Scope(request.Scope);
        var result = await inner.EvaluateAsync(request with { Scope = scope }, cancellationToken);
        if (scope.Refused is { } member)
            return RuntimeFailures.NotStorable(member);
        if (!result.TryGet(out var value, out var failure))
            return Storable.Clean(failure);
        return IsStorable(value) ? value : RuntimeFailures.NotStorable(request.Language);
    }

    public async ValueTask<IReadOnlyList<Result<ExpressionValue>>> EvaluateAllAsync(IReadOnlyList<ExpressionRequest> requests, CancellationToken cancellationToken)
    {
        if (requests.Count == 0)
            return [];
        var scope = new Scope(requests[0].Scope);
        var results = await inner.EvaluateAllAsync([.. requests.Select(r => r with { Scope = scope })], cancellationToken);
        if (scope.Refused is { } member)
            return [RuntimeFailures.NotStorable(member)];
        return [.. results.Select((result, i) => !result.TryGet(out var value, out var failure) ? Storable.Clean(failure) : IsStorable(value) ? result : RuntimeFailures.NotStorable(requests[i].Language))];
    }

    private static bool IsStorable(ExpressionValue value) => Fits(value.Value) && value.Outcomes?.All(Storable.Fits) is not false;

    private static bool Fits(object? value) => value switch
    {
        string text => Storable.Fits(text),
        JsonElement json => Storable.Fits(json),
        _ => true,
    };

    /// <summary>Keeps what cannot be stored out of the run, and remembers the first of it.</summary>
    private sealed class Scope(IExpressionScope inner) : IExpressionScope
    {
        public string? Refused { get; private set; }

        public string RunId => inner.RunId;

        public string DefinitionId => inner.DefinitionId;

        public string DefinitionVersionId => inner.DefinitionVersionId;

        public int DefinitionVersion => inner.DefinitionVersion;

        public string? Name
        {
            get => inner.Name;
            set
            {
                if (Accepts("name", value))
                    inner.Name = value;
            }
        }

        public string? CorrelationId
        {
            get => inner.CorrelationId;
            set
            {
                if (Accepts("correlationId", value))
                    inner.CorrelationId = value;
            }
        }

        public TimeProvider Time => inner.Time;

        public object? LastResult => inner.LastResult;

        public IEnumerable<string> VariableNames => inner.VariableNames;

        public IEnumerable<string> InputNames => inner.InputNames;

        public bool TryGetVariable(string name, out object? value) => inner.TryGetVariable(name, out value);

        public string? TypeOfVariable(string name) => inner.TypeOfVariable(name);

        public void SetVariable(string name, object? value)
        {
            if (Accepts(Storable.Clean(name)!, name) && Accepts(name, value))
                inner.SetVariable(name, value);
        }

        public object? GetInput(string name) => inner.GetInput(name);

        public bool TryGetOutput(string activityIdOrName, string output, out object? value) => inner.TryGetOutput(activityIdOrName, output, out value);

        public bool TryFindOutputAccessor(string accessor, out string activityIdOrName, out string output) => inner.TryFindOutputAccessor(accessor, out activityIdOrName, out output);

        private bool Accepts(string member, object? value)
        {
            if (Fits(value))
                return true;
            Refused ??= member;
            return false;
        }
    }
}
