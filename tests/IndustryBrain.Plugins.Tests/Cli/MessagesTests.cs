using System.IO.Compression;
using System.Text.Json;
using static IndustryBrain.Plugins.Tests.Cli.Brain;

namespace IndustryBrain.Plugins.Tests.Cli;

/// <summary>What somebody reads who gave the program something else than it takes.</summary>
public sealed class MessagesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--sarif", "validate", "--srif")]
    [InlineData("--input", "run", "--inptu", "--json")]
    [InlineData("new", "nwe")]
    [InlineData("plugins", "pluginz", "--json")]
    [InlineData(null, "frobnicate")]
    public async Task NameThatIsMistyped_IsNamedWithTheOneThatIsMeant(string? meant, params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync(arguments, new() { ["LC_ALL"] = "en_US.UTF-8" });
        var said = output + error;

        Assert.Equal(2, exitCode);
        Assert.Contains("IB7207", said, StringComparison.Ordinal);
        Assert.Equal(meant is not null, said.Contains("Did you mean", StringComparison.Ordinal));
        Assert.True(meant is null || said.Contains($"Did you mean {meant}?", StringComparison.Ordinal), said);
    }

    [Theory]
    [InlineData("pack")]
    [InlineData("validate")]
    [InlineData("test")]
    [InlineData("dev")]
    public async Task FolderWithoutProject_IsSaidAlikeByEachCommand(string command)
    {
        var (exitCode, _, error) = await RunAsync(command, _folder.Path);

        Assert.Equal(2, exitCode);
        Assert.StartsWith("IB7233", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IB7218", "test", "absent")]
    [InlineData("IB7218", "dev", "absent")]
    [InlineData("IB7232", "test", "file.json")]
    [InlineData("IB7201", "verify", ".")]
    public async Task PathOfAnotherKind_IsNamed(string code, string command, string path)
    {
        _folder.Write("file.json", "{}");

        var (exitCode, _, error) = await RunAsync(command, Path.Combine(_folder.Path, path));

        Assert.Equal(2, exitCode);
        Assert.StartsWith(code, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_FileThatOthersMayRead_IsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Access lists decide there.");
        var (definition, secrets) = (_folder.Write("d.json", Definition("d", Say("say", "'ran'"))), _folder.Write("secrets.json", """{"api-key":"value"}"""));
#pragma warning disable CA1416 // Skipped on Windows.
        File.SetUnixFileMode(secrets, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        var (_, open) = await JsonAsync("run", definition, "--secrets", secrets);
        File.SetUnixFileMode(secrets, UnixFileMode.UserRead | UnixFileMode.UserWrite);
#pragma warning restore CA1416
        var (exitCode, closed) = await JsonAsync("run", definition, "--secrets", secrets);

        Assert.Equal("IB7230", Code(open));
        Assert.Contains("chmod 600", open.GetProperty("failure").GetProperty("action").GetProperty("en").GetString(), StringComparison.Ordinal);
        Assert.Equal((0, "ran"), (exitCode, Assert.Single(Lines(closed))));
    }

    [Fact]
    public async Task Publish_PackageWithoutNuspec_SaysSo()
    {
        var package = Path.Combine(_folder.Path, "a.nupkg");
        await using (var archive = await ZipFile.OpenAsync(package, ZipArchiveMode.Create, TestContext.Current.CancellationToken))
            archive.CreateEntry("plugin.json");

        var (exitCode, _, error) = await RunAsync("publish", package, "--source", _folder.Path);

        Assert.Equal(2, exitCode);
        Assert.StartsWith("IB7229", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_PackageOfAScenario_HasTheFindingsOfItsDefinition()
    {
        var (sound, unsound) = (await ScenarioAsync("a.nupkg", Say("say", "'ran'")), await ScenarioAsync("b.nupkg", Activity("x", "IndustryBrain.nobody.nothing")));

        var (first, second) = (await RunAsync("validate", sound), await RunAsync("validate", unsound));

        Assert.Equal((0, 1), (first.ExitCode, second.ExitCode));
        Assert.Contains("IBS0050", second.Output, StringComparison.Ordinal);
        Assert.Contains("--plugins", second.Output, StringComparison.Ordinal);
        Assert.StartsWith("IB7231", (await RunAsync("validate", sound, "--sarif")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_OneThatIsRevokedOrEncrypted_IsSaid()
    {
        var keys = Path.Combine(_folder.Path, "keys");
        var english = new Dictionary<string, string> { ["LC_ALL"] = "en_US.UTF-8" };
        Assert.Equal(0, (await RunAsync("keys", "new", "acme", "--keys", keys)).ExitCode);
        Assert.Equal(0, (await RunAsync(["keys", "new", "secret", "--keys", keys], new() { ["IB_KEY_PASSWORD"] = "a password" })).ExitCode);
        Assert.Equal(0, (await RunAsync("keys", "revoke", "acme", "--reason", "ceased", "--keys", keys, "-o", _folder.Path)).ExitCode);

        var (_, listed, _) = await RunAsync(["keys", "list", "--keys", keys], english);
        var (_, _, encrypted) = await RunAsync("keys", "export", "secret", "--keys", keys);

        Assert.Matches("acme  revoked", listed);
        Assert.DoesNotMatch("secret  revoked", listed);
        Assert.StartsWith("IB1181", encrypted, StringComparison.Ordinal);
        Assert.Contains("IB_KEY_PASSWORD", encrypted, StringComparison.Ordinal);
    }

    private async Task<string> ScenarioAsync(string name, string activity)
    {
        var path = Path.Combine(_folder.Path, name);
        await using var archive = await ZipFile.OpenAsync(path, ZipArchiveMode.Create, TestContext.Current.CancellationToken);
        await using var entry = await archive.CreateEntry("scenario/definition.json").OpenAsync(TestContext.Current.CancellationToken);
        await JsonSerializer.SerializeAsync(entry, JsonElement.Parse(Definition("d", activity)), cancellationToken: TestContext.Current.CancellationToken);
        return path;
    }
}
