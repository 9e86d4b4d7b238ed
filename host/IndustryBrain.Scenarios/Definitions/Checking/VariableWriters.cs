using IndustryBrain.Scenarios.Definitions.Model;

namespace IndustryBrain.Scenarios.Definitions.Checking;

/// <summary>What sets the variables of a definition.</summary>
internal sealed class VariableWriters
{
    private readonly HashSet<string> _named = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _setting = [];
    private readonly bool _anySet;
    private readonly ILookup<string, (ActivityNode Activity, string Output)> _outputs;

    public VariableWriters(ScenarioDefinition definition)
    {
        foreach (var node in definition.Activities)
        {
            if (node.Kind == ActivityKind.SetVariable)
                _named.UnionWith(new[] { node.VariableId, node.VariableName }.OfType<string>());
            foreach (var script in ScriptNames.Scripts(node))
            {
                _anySet |= ScriptNames.WritesUnknown(script);
                _named.UnionWith(ScriptNames.Written(script));
                if (script.Text!.Contains("set", StringComparison.Ordinal))
                    _setting.Add(script.Text);
            }
        }

        _outputs = definition.Activities.SelectMany(a => a.Outputs.Values.Select(o => (o.Target, Writer: (a, o.Name)))).ToLookup(o => o.Target, o => o.Writer, StringComparer.Ordinal);
    }

    /// <summary>True when something else than an output may set a variable.</summary>
    public bool IsSetOtherwise(VariableDeclaration variable) => _anySet || variable.Default is not null || _named.Contains(variable.Id) || _named.Contains(variable.Name)
        || _setting.Exists(s => s.Contains($"set{ScriptNames.Accessor(variable.Name)}(", StringComparison.Ordinal));

    /// <summary>The outputs that go into a variable.</summary>
    public IEnumerable<(ActivityNode Activity, string Output)> OutputsTo(VariableDeclaration variable) => _outputs[variable.Id];
}
