using System.IO.Enumeration;
using IndustryBrain.Cli.Running;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Testing;

/// <summary>Tests scenarios: every fixture of every folder.</summary>
/// <param name="Plugins">Folder of plugin packages.</param>
/// <param name="Filter">Names of the fixtures to run; null for all.</param>
/// <param name="JUnit">File for the outcomes as JUnit XML, or null.</param>
/// <param name="Coverage">True to say which nodes were executed.</param>
/// <param name="Json">True to print one JSON document.</param>
internal sealed record ScenarioTests(string Plugins, string? Filter, string? JUnit, bool Coverage, bool Json)
{
    private static readonly string[] ProjectFiles = ["*.csproj", "*.slnx", "*.sln"];

    /// <summary>The folders of scenarios that a path means: itself, or where it is no project, those in it; empty when there are none.</summary>
    public static IReadOnlyList<string> Folders(string path)
    {
        if (IsScenario(path))
        {
            return [path];
        }

        return ProjectFiles.Any(p => Directory.EnumerateFiles(path, p).Any()) ? [] : [.. Directory.GetDirectories(path).Where(IsScenario).Order(StringComparer.Ordinal)];
    }

    public async Task<int> RunAsync(IReadOnlyList<string> folders, CancellationToken ct)
    {
        var chosen = folders.Select(f => (Folder: f, Files: ScenarioFixture.List(f).Where(p => Matches(f, p)).ToList())).ToList();
        if (chosen.All(c => c.Files.Count == 0))
        {
            return Refuse(Filter is { } filter ? CliFailures.NoSuchFixture(filter) : CliFailures.NothingToTest(Path.Combine(folders[0], ScenarioFixture.Folder)));
        }

        await using var plugins = new PluginFolder(Plugins, TimeProvider.System, GivenSecrets.None);
        var runner = new FixtureRunner(plugins);
        var outcomes = new List<ScenarioOutcome>();
        foreach (var (folder, files) in chosen.Where(c => c.Files.Count > 0))
        {
            outcomes.Add(await RunAsync(runner, folder, files, showsName: chosen.Count > 1, ct));
        }

        var notWritten = JUnit is { } file ? JUnitFile.Write(file, outcomes) : null;
        Show(outcomes);
        return notWritten is not null ? Complaint.Write(notWritten) : Conclude(outcomes);
    }

    private async Task<ScenarioOutcome> RunAsync(FixtureRunner runner, string folder, IReadOnlyList<string> files, bool showsName, CancellationToken ct)
    {
        var scenario = new ScenarioOutcome(folder, []);
        if (showsName && !Json)
        {
            Console.Out.WriteLine(scenario.Name);
        }

        var fixtures = new List<FixtureOutcome>();
        foreach (var file in files)
        {
            var outcome = await runner.RunAsync(folder, file, ct);
            fixtures.Add(outcome);
            if (!Json)
            {
                TestReport.Write(outcome);
            }
        }

        return scenario with { Fixtures = fixtures };
    }

    private void Show(IReadOnlyList<ScenarioOutcome> outcomes)
    {
        if (Json)
        {
            using var output = Console.OpenStandardOutput();
            TestDocument.Write(output, outcomes);
            output.WriteByte((byte)'\n');
            return;
        }

        foreach (var scenario in Coverage ? outcomes : [])
        {
            TestReport.WriteCoverage(scenario);
        }

        TestReport.WriteSum(outcomes);
    }

    private int Conclude(IReadOnlyList<ScenarioOutcome> outcomes)
    {
        if (outcomes.Any(o => o.Problem is not null))
        {
            return ExitCode.Refused;
        }

        if (outcomes.FirstOrDefault(o => o.Failed > 0) is { } failed)
        {
            Complaint.Write(CliFailures.TestsFailed(failed.Folder));
            return ExitCode.Faulted;
        }

        if (!Json)
        {
            Console.Out.WriteLine(new LocalizedText("测试通过。", "Tests passed.").ToString());
        }

        return ExitCode.Success;
    }

    private int Refuse(Failure failure) => Json ? RunCommand.Refuse(failure, json: true) : Complaint.Write(failure);

    // A part of the name, or with * and ? the whole.
    private bool Matches(string folder, string file)
    {
        if (Filter is not { } filter)
        {
            return true;
        }

        var name = $"{new ScenarioOutcome(folder, []).Name}/{Path.GetFileNameWithoutExtension(file)}";
        return filter.AsSpan().ContainsAny('*', '?') ? FileSystemName.MatchesSimpleExpression(filter, name) || FileSystemName.MatchesSimpleExpression(filter, Path.GetFileNameWithoutExtension(file)) : name.Contains(filter, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsScenario(string folder) => File.Exists(Path.Combine(folder, ScenarioFixture.DefinitionFile));
}
