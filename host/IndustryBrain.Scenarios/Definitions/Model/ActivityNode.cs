using System.Collections.Concurrent;
using System.Text.Json;
using IndustryBrain.Sdk;

namespace IndustryBrain.Scenarios.Definitions.Model;

/// <summary>One activity of a definition, ready to run. Immutable once read.</summary>
internal sealed class ActivityNode
{
    private readonly ConcurrentDictionary<int, FlowGraph> _graphs = new();

    /// <summary>Position in document order; the key of a node in a saved state.</summary>
    public required int Index { get; init; }

    /// <summary>Position among the activities of its flowchart.</summary>
    public int Position { get; init; }

    public required string Id { get; init; }

    public required string NodeId { get; init; }

    public required string Type { get; init; }

    public required ActivityKind Kind { get; init; }

    public ActivityDescriptor? Descriptor { get; init; }

    public string? ComponentId { get; init; }

    public string? Name { get; init; }

    public int Version { get; init; } = 1;

    public ActivityNode? Parent { get; init; }

    public LocalizedText DisplayText { get; set; } = LocalizedText.Same("");

    public bool CanStartWorkflow { get; set; }

    /// <summary>How often it is tried; null for once.</summary>
    public StepPolicy? Policy { get; set; }

    /// <summary>How long an attempt may take; null for as long as it takes.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>The plugin version that it names for its component; null for none.</summary>
    public ComponentPin? Pin { get; set; }

    public bool IsTerminal => Descriptor?.IsTerminal ?? false;

    /// <summary>The definition that this activity runs, for a workflow used as one.</summary>
    public ScenarioDefinition? Workflow { get; init; }

    public bool IsVersionKnown => Descriptor is null || Workflow is not null || Version is 0 or 1;

    public VariableDeclaration[] Variables { get; set; } = [];

    /// <summary>Children of a Sequence, Parallel or Flowchart; branches of a Fork.</summary>
    public ActivityNode[] Children { get; set; } = [];

    public FlowConnection[] Connections { get; set; } = [];

    public SwitchCase[] Cases { get; set; } = [];

    /// <summary>States and transitions of a StateMachine.</summary>
    public StateMachineModel? Machine { get; set; }

    /// <summary>Children in named members: body, then, else, default.</summary>
    public Dictionary<string, ActivityNode> Ports { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Expression> Inputs { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, OutputBinding> Outputs { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Id of the variable that SetVariable sets.</summary>
    public string? VariableId { get; set; }

    public string? VariableName { get; set; }

    /// <summary>Fork: true for WaitAny.</summary>
    public bool WaitsForAny { get; set; }

    public JsonElement Json { get; init; }

    public bool IsWithin(ActivityKind kind)
    {
        var parent = Parent;
        while (parent is not null && parent.Kind != kind)
            parent = parent.Parent;
        return parent is not null;
    }

    public ActivityNode? Port(string name) => Ports.GetValueOrDefault(name);

    /// <summary>The classified connections of this flowchart as seen from a start.</summary>
    public FlowGraph Graph(int start) => _graphs.GetOrAdd(start, static (s, node) => new FlowGraph(node, s), this);
}
