using IndustryBrain.Scenarios.Definitions.Model;
using IndustryBrain.Scenarios.Expressions;

namespace IndustryBrain.Scenarios.Execution;

public sealed partial class ScenarioExecution
{
    /// <summary>What expressions see of the run, from the record that evaluates them.</summary>
    private sealed class ExecutionScope(ScenarioExecution execution) : IExpressionScope
    {
        public ActivityRecord Record { get; set; } = execution._root;

        public string RunId => execution.RunId;

        public string DefinitionId => execution._definition.DefinitionId;

        public string DefinitionVersionId => execution._definition.VersionId;

        public int DefinitionVersion => execution._definition.Version;

        public string? Name
        {
            get => execution.Name;
            set => execution.Name = value;
        }

        public string? CorrelationId
        {
            get => execution.CorrelationId;
            set => execution.CorrelationId = value;
        }

        public TimeProvider Time => execution._services.Time;

        public object? LastResult => execution._lastResult;

        public IEnumerable<string> VariableNames
        {
            get
            {
                var seen = new HashSet<string>(StringComparer.Ordinal);
                for (var scope = Record; scope is not null; scope = scope.Parent)
                {
                    foreach (var slot in scope.Variables)
                    {
                        if (seen.Add(slot.Name))
                            yield return slot.Name;
                    }
                }
            }
        }

        public IEnumerable<string> InputNames
        {
            get
            {
                WorkflowAround(Record, out var workflow);
                return (workflow ?? execution._definition).Inputs.Select(i => i.Name);
            }
        }

        public bool TryGetVariable(string name, out object? value)
        {
            var slot = FindVariable(Record, name, byId: false);
            value = slot?.Value;
            return slot is not null;
        }

        public string? TypeOfVariable(string name) => FindVariable(Record, name, byId: false)?.Declaration?.Type.Alias;

        public void SetVariable(string name, object? value) => execution.SetVariable(Record, name, value);

        public object? GetInput(string name) => execution.InputOf(Record, name);

        public bool TryGetOutput(string activityIdOrName, string output, out object? value)
        {
            value = null;
            var isKnown = false;
            foreach (var node in execution._definition.Activities)
            {
                if (node.Id != activityIdOrName && node.Name != activityIdOrName)
                    continue;
                isKnown = true;
                if (TryGet(node, output, out value))
                    return true;
            }

            return isKnown;
        }

        public bool TryFindOutputAccessor(string accessor, out string activityIdOrName, out string output)
        {
            (activityIdOrName, output) = ("", "");
            foreach (var node in execution._definition.Activities)
            {
                var key = execution._definition.HasActivityNames ? node.Name : node.Id;
                if (string.IsNullOrEmpty(key))
                    continue;
                var end = "From" + Pascal(key);
                if (!accessor.EndsWith(end, StringComparison.Ordinal) || accessor.Length <= "get".Length + end.Length)
                    continue;
                var name = accessor["get".Length..^end.Length];
                if (node.Kind != ActivityKind.Component && node.Descriptor?.Outputs.Contains(name) != true)
                    continue;
                (activityIdOrName, output) = (key, name);
                return true;
            }

            return false;
        }

        // Only direct children of the same container see each other's outputs; a component's are seen from below as well.
        private bool TryGet(ActivityNode node, string output, out object? value)
        {
            for (var container = Record.Parent; container is not null; container = container.Parent)
            {
                if (container.Outputs is { } outputs && outputs.TryGetValue((node.Index, output), out value))
                    return true;
                if (node.Kind != ActivityKind.Component)
                    break;
            }

            value = null;
            return false;
        }

        private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];
    }
}
