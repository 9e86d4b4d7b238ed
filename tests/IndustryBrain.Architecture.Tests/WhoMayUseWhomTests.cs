namespace IndustryBrain.Architecture.Tests;

/// <summary>The dependency rules of docs/architecture.md, asserted on the compiled assemblies.</summary>
public sealed class WhoMayUseWhomTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Sdk"] = [],
        ["Sdk.Build"] = ["Sdk", "Plugins"],
        ["Sdk.Testing"] = ["Sdk"],
        ["Storage"] = ["Sdk"],
        ["Identity"] = ["Sdk", "Storage"],
        ["Scenarios"] = ["Sdk"],
        ["Expressions"] = ["Sdk", "Scenarios"],
        ["Plugins"] = ["Sdk", "Scenarios"],
        ["Plugins.Worker"] = ["Sdk", "Expressions"],
        ["Plugins.Jail"] = [],
        ["Runtime"] = ["Sdk", "Scenarios", "Expressions", "Plugins", "Storage", "Identity"],
        ["Web"] = ["Sdk", "Identity"],
        ["Host"] = ["Sdk", "Scenarios", "Expressions", "Plugins", "Storage", "Identity", "Runtime", "Web"],
        ["brain"] = ["Sdk", "Scenarios", "Expressions", "Plugins"],
    };

    public static TheoryData<string> Rooms => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Room_UsesOnlyWhatThePlanAllows(string room)
    {
        // Programs of their own, which nothing refers to.
        var folder = room is "Plugins.Worker" or "Plugins.Jail" or "Sdk.Build" or "Sdk.Testing"
            ? Path.Combine(CompiledAssembly.RepositoryRoot, room.StartsWith("Sdk", StringComparison.Ordinal) ? "sdk" : "host", $"IndustryBrain.{room}", "bin", CompiledAssembly.Configuration, "net10.0")
            : AppContext.BaseDirectory;
        var path = Path.Combine(folder, room == "brain" ? "brain.dll" : $"IndustryBrain.{room}.dll");

        var ours = CompiledAssembly.References(path)
            .Where(name => name.StartsWith("IndustryBrain.", StringComparison.Ordinal) || name == "brain")
            .Select(name => name.Replace("IndustryBrain.", "", StringComparison.Ordinal));

        Assert.Empty(ours.Except(Allowed[room]));
    }

    [Fact]
    public void EveryCompiledRoom_HasARule()
    {
        var rooms = Directory.GetFiles(AppContext.BaseDirectory, "IndustryBrain.*.dll")
            .Select(Path.GetFileNameWithoutExtension)
            .Where(name => !name!.Contains(".Tests", StringComparison.Ordinal))
            .Select(name => name!["IndustryBrain.".Length..]);

        Assert.Empty(rooms.Except(Allowed.Keys));
    }

    [Fact]
    public void Plugins_UseTheSdkAlone()
    {
        var folder = Path.Combine(CompiledAssembly.RepositoryRoot, "plugins");
        var assemblies = Directory.GetFiles(folder, "IndustryBrain.Plugins.*.dll", SearchOption.AllDirectories)
            .Where(path => path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}{CompiledAssembly.Configuration}{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(path => path.Contains($"{Path.DirectorySeparatorChar}src{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(assemblies);
        Assert.All(assemblies, path => Assert.Equal(
            ["IndustryBrain.Sdk"],
            CompiledAssembly.References(path).Where(name => name.StartsWith("IndustryBrain.", StringComparison.Ordinal))));
    }

    [Fact]
    public void Sdk_BringsNoLibrary()
    {
        var references = CompiledAssembly.References(Path.Combine(AppContext.BaseDirectory, "IndustryBrain.Sdk.dll"));

        Assert.All(references, name => Assert.True(name.StartsWith("System.", StringComparison.Ordinal) || name == "System.Runtime", name));
    }

    [Theory]
    [InlineData("IndustryBrain.Scenarios.dll")]
    [InlineData("IndustryBrain.Plugins.dll")]
    [InlineData("IndustryBrain.Web.dll")]
    public void RoomWithoutDatabase_KnowsNoDatabase(string file)
    {
        var references = CompiledAssembly.References(Path.Combine(AppContext.BaseDirectory, file));

        Assert.DoesNotContain(references, name => name is "Npgsql" or "Marten" or "Wolverine" || name.StartsWith("Weasel", StringComparison.Ordinal));
    }
}
