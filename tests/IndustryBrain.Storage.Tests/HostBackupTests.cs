using System.IO.Compression;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndustryBrain.Testing;

namespace IndustryBrain.Storage.Tests;

/// <summary>A host that is backed up while it works, loses its data folder, and has everything back.</summary>
public sealed class HostBackupTests : IDisposable
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("IB_TESTS_LONG") == "1";
    private static readonly Dictionary<string, string> NotDurable = new() { ["Data__Durable"] = "false" };

    // A lower-case word that may stand in a host's name too.
    private const string Marker = "planted4711secret";

    private static readonly Dictionary<string, string> Planted = new()
    {
        ["Password__Words__0"] = Marker,
        ["Http__AllowedHosts__0"] = $"GET https://{Marker}.example.com",
        ["Mqtt__Connections__line__Host"] = Marker,
        ["Mqtt__Connections__line__Organizations__0"] = Marker,
        ["Mqtt__Connections__line__UserName"] = Marker,
        ["Kestrel__Certificates__Other__Password"] = Marker,
        ["Logging__LogLevel__" + Marker] = "Warning",
        ["OTEL_RESOURCE_ATTRIBUTES"] = Marker,
        ["Backup__KeyFile"] = "/" + Marker,
        ["Files__MaxBytes"] = "209715201",
        ["SOME_TOKEN"] = Marker,
    };

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ib-lost-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task Host_BackedUpWhileItWorks_LosesItsDataAndHasEverythingBack()
    {
        var (data, backup, key) = (Path.Combine(_root.FullName, "data"), Path.Combine(_root.FullName, "x.ibbackup"), Path.Combine(_root.FullName, "key"));
        await WriteSecretAsync(key, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        Dictionary<string, string> files = [];
        string run;
        string plugins;
        int written;
        await using (var host = await HostProcess.StartAsync(data, HostProcess.FreePort(), NotDurable, Ct))
        {
            for (var i = 0; i < (Long ? 40 : 3); i++)
            {
                var content = RandomNumberGenerator.GetBytes(Long ? 5_000_000 : 600_000);
                files[await UploadAsync(host, $"文件{i}.bin", content)] = Convert.ToHexStringLower(SHA256.HashData(content));
            }

            run = await RunAsync(host);
            plugins = await GetAsync(host, "plugins");
            Directory.CreateDirectory(Path.Combine(data, "capabilities", "secrets", "demo"));
            await WriteSecretAsync(Path.Combine(data, "capabilities", "secrets", "demo", "api-key"), Marker);

            using var enough = new CancellationTokenSource();
            var work = Task.Run(async () =>
            {
                var count = 0;
                for (; !enough.IsCancellationRequested; count++)
                {
                    await UploadAsync(host, $"meanwhile{count}.txt", [1, 2, 3]);
                    await RunAsync(host);
                }

                return count;
            }, Ct);
            var made = await HostRun.ToItsEndAsync(NotDurable, Ct, "backup", backup, "--key-file", key, "--data", data);
            await enough.CancelAsync();
            written = await work;
            Assert.True(made.ExitCode == 0, made.Error);
            await host.KillAsync(Ct);
        }

        await StopServerAsync(data);
        Directory.Delete(data, recursive: true);

        var restored = await HostRun.ToItsEndAsync(NotDurable, Ct, "restore", backup, "--verify", "--key-file", key, "--data", data);
        Assert.True(restored.ExitCode == 0, restored.Error);
        (await HostRun.ToItsEndAsync(NotDurable, Ct, "restore", backup, "--key-file", key, "--data", data)).AssertRefused("IB6020");
        await using (var host = await HostProcess.StartAsync(data, HostProcess.FreePort(), new Dictionary<string, string>(Planted) { ["Data__Durable"] = "false" }, Ct))
        {
            await AssertDiagnosticsTellNothingAsync(host, data);
            foreach (var (id, sha256) in files)
            {
                Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(await host.Client.GetByteArrayAsync(new Uri($"/api/v1/files/{id}", UriKind.Relative), Ct))));
            }

            Assert.Equal("finished", JsonNode.Parse(await GetAsync(host, $"runs/{run}"))!["status"]!.ToString(), ignoreCase: true);
            Assert.Equal(Names(plugins), Names(await GetAsync(host, "plugins")));
            Assert.Equal(Marker, await File.ReadAllTextAsync(Path.Combine(data, "capabilities", "secrets", "demo", "api-key"), Ct));
            var trail = JsonNode.Parse(await GetAsync(host, "audit/verification"))!;
            Assert.True((bool)trail["isIntact"]!, trail.ToJsonString());
            await RunAsync(host);
            (await HostRun.ToItsEndAsync(NotDurable, Ct, "restore", backup, "--key-file", key, "--data", data)).AssertRefused("IB0001");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{written} uploads and runs while it was backed up.");
        Assert.True(written > 0);
    }

    // In every place that an operator, a person or a scenario may write to: what the host does with it is another matter.
    private async Task AssertDiagnosticsTellNothingAsync(HostProcess host, string data)
    {
        await UploadAsync(host, Marker + ".csv", Encoding.UTF8.GetBytes(Marker));
        using var refused = await host.Client.PostAsJsonAsync(new Uri("/api/v1/scenarios/price-outlook/runs?wait=60", UriKind.Relative), JsonNode.Parse($$"""{"input":{"series":["{{Marker}}"]},"correlationId":"{{Marker}}"}"""), Ct);
        using var named = await host.Client.PostAsJsonAsync(new Uri("/api/v1/organizations", UriKind.Relative), new { id = "org-9", name = Marker, kind = "enterprise", owner = Marker }, Ct);
        Directory.CreateDirectory(Path.Combine(data, "trust"));
        await File.WriteAllTextAsync(Path.Combine(data, "trust", "x.txt"), Marker, Ct);
        var beside = Path.Combine(_root.FullName, "beside.zip");
        var away = Path.Combine(_root.FullName, "away.zip");

        var page = await host.Client.GetByteArrayAsync(new Uri("/api/v1/diagnostics", UriKind.Relative), Ct);
        var ran = await HostRun.ToItsEndAsync(new Dictionary<string, string>(Planted) { ["IB_BOOTSTRAP_API_KEY"] = Marker + new string('x', 32) }, Ct, "diagnostics", beside, "--data", data);
        var ranAway = await HostRun.ToItsEndAsync(new Dictionary<string, string>(Planted) { ["ConnectionStrings__IndustryBrain"] = $"Host=127.0.0.1;Port=1;Username={Marker};Password={Marker}" }, Ct, "diagnostics", away, "--data", data);
        var again = await HostRun.ToItsEndAsync(Planted, Ct, "diagnostics", beside, "--data", data);

        Assert.True(ran.ExitCode == 0, ran.Error);
        Assert.True(ranAway.ExitCode == 0, ranAway.Error);
        again.AssertRefused("IB6030");
        var texts = new[] { page, await File.ReadAllBytesAsync(beside, Ct), await File.ReadAllBytesAsync(away, Ct) }.Select(Unpack).ToList();
        Assert.All(texts, text => Assert.DoesNotContain(Marker, text.Values.Aggregate("", (a, b) => a + b), StringComparison.OrdinalIgnoreCase));
        Assert.All(texts, text => Assert.Contains("\"Files:MaxBytes\": \"209715201\"", text["options.json"], StringComparison.Ordinal));
        Assert.All(texts, text => Assert.Contains("\"Password:Words\": \"(set, 1)\"", text["options.json"], StringComparison.Ordinal));
        Assert.All(texts[..2], text => Assert.Contains("IndustryBrain.Forecasting", text["installation.json"], StringComparison.Ordinal));
        Assert.Contains("IB0009", texts[2]["installation.json"], StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Unpack(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.Entries.ToDictionary(e => e.FullName, e => new StreamReader(e.Open()).ReadToEnd());
    }

    private static IEnumerable<string> Names(string plugins) => JsonNode.Parse(plugins)!.AsArray().Select(p => $"{p!["id"]} {p["activeVersion"]} {p["state"]}");

    private static async Task WriteSecretAsync(string file, string secret)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(file, options);
        await writer.WriteAsync(secret);
    }

    // A killed host leaves its server behind, which must not go on in a folder that is gone.
    private static async Task StopServerAsync(string data)
    {
        var server = int.Parse((await File.ReadAllLinesAsync(Path.Combine(data, "postgres", "postmaster.pid"), Ct))[0], System.Globalization.CultureInfo.InvariantCulture);
        using var process = System.Diagnostics.Process.GetProcessById(server);
        process.Kill();
        await process.WaitForExitAsync(Ct);
    }

    private static async Task<string> UploadAsync(HostProcess host, string name, byte[] content)
    {
        using var answer = await host.Client.PostAsync(new Uri($"/api/v1/files?name={Uri.EscapeDataString(name)}", UriKind.Relative), new ByteArrayContent(content), Ct);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString()!;
    }

    private static async Task<string> RunAsync(HostProcess host)
    {
        using var answer = await host.Client.PostAsJsonAsync(new Uri("/api/v1/scenarios/price-outlook/runs?wait=60", UriKind.Relative), JsonNode.Parse("""{"input":{"series":[1,2,3,4,5,6]}}"""), Ct);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString()!;
    }

    private static async Task<string> GetAsync(HostProcess host, string path) => await host.Client.GetStringAsync(new Uri("/api/v1/" + path, UriKind.Relative), Ct);
}
