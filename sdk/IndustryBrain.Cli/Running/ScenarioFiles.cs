using IndustryBrain.Scenarios;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Running;

/// <summary>A definition and those that it may start, read from their files.</summary>
/// <param name="Main">The one to run; null when it could not be read.</param>
/// <param name="ById">All of them by their logical id, each in its latest version.</param>
/// <param name="All">All of them, in the order of the files.</param>
/// <param name="Findings">What was wrong with those that could not be read.</param>
internal sealed record ScenarioFiles(ScenarioDefinition? Main, IReadOnlyDictionary<string, ScenarioDefinition> ById, IReadOnlyList<ScenarioDefinition> All, IReadOnlyList<Finding> Findings)
{
    private const string ComponentNotInstalled = "IBS0050";

    /// <summary>True when one of them calls a component.</summary>
    public bool UseComponents => All.Any(d => d.Nodes.Any(n => n.ComponentId is not null));

    /// <summary>Reads the files; IB7201 or IB7216 when one cannot be read.</summary>
    public static Result<ScenarioFiles> Read(string definition, IEnumerable<string> imports)
    {
        var documents = new List<byte[]>();
        foreach (var path in imports.Prepend(definition))
        {
            if (!JsonFile.ReadBytes(path).TryGet(out var bytes, out var unreadable))
            {
                return unreadable;
            }

            documents.Add(bytes);
        }

        // What others use as an activity is known before any of them is read as it runs.
        ScenarioDefinition[] library = [.. documents.Select(d => DefinitionIntake.Read(d).Definition).OfType<ScenarioDefinition>().Where(d => d.IsUsableAsActivity)];
        var readings = documents.ConvertAll(d => DefinitionIntake.Read(d, library: library));
        var all = readings.ConvertAll(r => r.Definition).OfType<ScenarioDefinition>().ToList();
        var byId = new Dictionary<string, ScenarioDefinition>(StringComparer.Ordinal);
        foreach (var read in all)
        {
            if (!byId.TryGetValue(read.DefinitionId, out var other) || other.Version < read.Version)
            {
                byId[read.DefinitionId] = read;
            }
        }

        return new ScenarioFiles(readings[0].Definition, byId, all, [.. readings.Where(r => r.Definition is null).SelectMany(r => r.Findings)]);
    }

    /// <summary>Everything that is to be said about them; an error refuses the run.</summary>
    public IReadOnlyList<Finding> Judge(IComponentCatalog components) => [.. Findings, .. All.SelectMany(d => ScenarioValidator.Validate(d, components)).Select(Hinted)];

    /// <summary>A finding with what helps on the command line, where nobody installs plugins.</summary>
    public static Finding Hinted(Finding finding) => finding.Rule == ComponentNotInstalled ? finding with { Action = new("请用 --plugins 给出含有它的插件包的文件夹。", "Give the folder of the package that carries it with --plugins.") } : finding;
}
