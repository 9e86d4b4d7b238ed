using System.Reflection;

[assembly: AssemblyFixture(typeof(IndustryBrain.Cli.Tests.VendorMachine))]

namespace IndustryBrain.Cli.Tests;

/// <summary>A vendor's machine: our packages in a folder feed, a home and a package folder of its own. Libraries of others come from the cache of the machine that runs the tests.</summary>
public sealed class VendorMachine : IAsyncLifetime
{
    private static readonly string[] Projects = ["sdk/IndustryBrain.Sdk", "sdk/IndustryBrain.Sdk.Testing", "sdk/IndustryBrain.Cli", "templates/IndustryBrain.Templates"];

    private readonly SemaphoreSlim _installing = new(1);
    private readonly string _servers = "ib-vendor-" + Guid.NewGuid().ToString("N");
    private readonly string _root = Directory.CreateTempSubdirectory("ib-vendor-").FullName;

    public string Feed => Path.Combine(_root, "feed");

    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        // In one go: each start of the SDK costs seconds. What the build has made is packed; built again it would disturb the suites beside this one.
        var pack = Path.Combine(_root, "pack.proj");
        await File.WriteAllTextAsync(pack, $"""
            <Project>
              <ItemGroup><Packed Include="{string.Join(';', Projects.Select(project => Path.Combine(RepositoryRoot, project, Path.GetFileName(project) + ".csproj")))}" /></ItemGroup>
              <Target Name="Pack">
                <MSBuild Projects="@(Packed)" Targets="Pack" Properties="Configuration={Configuration};NoBuild=true;PackageOutputPath={Feed}" />
                <WriteLinesToFile File="{CompilerFile}" Lines="$(MSBuildToolsPath)/Roslyn/bincore/VBCSCompiler.dll" />
              </Target>
            </Project>
            """, ct);
        (await CommandLine.RunAsync("dotnet", ["msbuild", pack, "-t:Pack", "-nologo", "-v:quiet"], _root, null, ct)).Succeeded();
        await File.WriteAllTextAsync(Path.Combine(_root, "nuget.config"), $"""
            <configuration>
              <packageSources><clear /><add key="feed" value="{Feed}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="others" value="{OthersPackages()}" /></fallbackPackageFolders>
            </configuration>
            """, ct);
    }

    /// <summary>A fresh folder on the machine.</summary>
    public string NewFolder() => Directory.CreateDirectory(Path.Combine(_root, Guid.NewGuid().ToString("N"))).FullName;

    /// <summary>A fresh folder with a project that nobody builds.</summary>
    internal async Task<string> NewProjectAsync()
    {
        var folder = NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "Some.csproj"), "<Project />", TestContext.Current.CancellationToken);
        return folder;
    }

    /// <summary>Runs <c>dotnet</c> in a folder of the machine.</summary>
    internal Task<CommandLine.Ended> DotnetAsync(string folder, params string[] arguments) =>
        CommandLine.RunAsync("dotnet", arguments, folder, Environment, TestContext.Current.CancellationToken);

    /// <summary>Runs lines of a shell in a folder of the machine, where tools of the user are found.</summary>
    internal Task<CommandLine.Ended> ShellAsync(string folder, string lines) =>
        CommandLine.RunAsync("bash", ["-euo", "pipefail", "-c", lines], folder, Environment, TestContext.Current.CancellationToken);

    /// <summary>Installs the templates and <c>brain</c>, once.</summary>
    internal async Task InstallAsync()
    {
        await _installing.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!File.Exists(Path.Combine(Tools, "brain")))
            {
                (await DotnetAsync(_root, "new", "install", "IndustryBrain.Templates")).Succeeded();
                (await DotnetAsync(_root, "tool", "install", "--global", "IndustryBrain.Cli")).Succeeded();
            }
        }
        finally
        {
            _installing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _installing.Dispose();
        await CommandLine.RunAsync("dotnet", ["build-server", "shutdown", "--msbuild"], _root, Environment, CancellationToken.None);
        if (File.Exists(CompilerFile))
        {
            var compiler = (await File.ReadAllTextAsync(CompilerFile)).Trim();
            await CommandLine.RunAsync("dotnet", [compiler, "-shutdown", $"-pipename:{_servers}"], _root, null, CancellationToken.None);
        }

        try
        {
            Directory.Delete(_root, recursive: true);
        }
        catch (IOException)
        {
            // A build server that still writes there: the system cleans its temporary folder.
        }
    }

    internal static string RepositoryRoot => Metadata("RepositoryRoot");

    internal static string Configuration => Metadata("Configuration");

    internal IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["DOTNET_CLI_HOME"] = _root,
        ["PATH"] = $"{Tools}{Path.PathSeparator}{System.Environment.GetEnvironmentVariable("PATH")}",
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false",
        ["NUGET_PACKAGES"] = Path.Combine(_root, "packages"),

        // One warm build server as well, of this machine alone: a build then costs a fifth of the processor time.
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "1",
        ["MSBUILDDISABLENODEREUSE"] = "0",
        ["MSBUILDNODEHANDSHAKESALT"] = _servers,

        // The SDK starts over and over: what its compiler learns about one run is lost with it.
        ["DOTNET_TieredPGO"] = "0",

        // One warm compiler for all projects of this run, apart from those of others, which ends with it.
        ["UseSharedCompilation"] = "true",
        ["SharedCompilationId"] = _servers,
    };

    private string CompilerFile => Path.Combine(_root, "compiler.txt");

    private string Tools => Path.Combine(_root, ".dotnet", "tools");

    private static string OthersPackages() => System.Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string Metadata(string key) => typeof(VendorMachine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
