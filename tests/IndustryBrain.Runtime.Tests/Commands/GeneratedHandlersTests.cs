using IndustryBrain.Runtime.Runs.Commands;
using IndustryBrain.Testing;
using JasperFx.CodeGeneration;
using JasperFx.CodeGeneration.Model;
using Microsoft.Extensions.DependencyInjection;
using Wolverine;

namespace IndustryBrain.Runtime.Tests.Commands;

/// <summary>The handlers' code is generated ahead of time, so that the host needs no compiler. <c>IB_WRITE_GENERATED=1</c> writes it instead of comparing.</summary>
public sealed class GeneratedHandlersTests(PostgresFixture postgres, ProbePackage plugins)
{
    private static readonly bool Write = Environment.GetEnvironmentVariable("IB_WRITE_GENERATED") == "1";

    [Fact]
    public async Task GeneratedCode_OfEachCommand_IsWhatTheHandlersAskFor()
    {
        var ct = TestContext.Current.CancellationToken;
        var fresh = Directory.CreateTempSubdirectory("ib-generated-");
        try
        {
            await using var host = await RuntimeHost.BuildAsync(await postgres.CreateDatabaseAsync(ct), plugins, ct);
            host.Services.GetRequiredService<WolverineOptions>().CodeGeneration.GeneratedCodeOutputPath = fresh.FullName;
            var builder = new DynamicCodeBuilder(host.Services, [.. host.Services.GetServices<ICodeFileCollection>()])
            {
                ServiceVariableSource = host.Services.GetRequiredService<IServiceVariableSource>(),
            };
            builder.WriteGeneratedCode(_ => { });

            var wanted = Files(fresh.FullName);
            if (Write)
                Replace(wanted);

            var committed = Files(Folder());

            Assert.Equal(wanted.Keys, committed.Keys);
            Assert.All(wanted, file => Assert.Equal(file.Value, committed[file.Key]));
            Assert.All(CommandSetup.Handlers, handler => Assert.Contains(wanted.Keys, name => name.Contains(handler.Name, StringComparison.Ordinal)));
        }
        finally
        {
            fresh.Delete(recursive: true);
        }
    }

    [Fact]
    public void Runtime_References_HoldNoCompilerOfHandlers() =>
        Assert.DoesNotContain(Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll"), f => Path.GetFileName(f).StartsWith("JasperFx.RuntimeCompiler", StringComparison.Ordinal));

    private static SortedDictionary<string, string> Files(string folder) => new(
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(folder, f), f => File.ReadAllText(f).ReplaceLineEndings("\n"))
            : [],
        StringComparer.Ordinal);

    private static void Replace(SortedDictionary<string, string> wanted)
    {
        if (Directory.Exists(Folder()))
            Directory.Delete(Folder(), recursive: true);
        foreach (var (name, text) in wanted)
        {
            var path = Path.Combine(Folder(), name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }

    private static string Folder()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "IndustryBrain.sln")))
            root = root.Parent;
        return Path.Combine(root.FullName, "host", "IndustryBrain.Runtime", "Generated");
    }
}
