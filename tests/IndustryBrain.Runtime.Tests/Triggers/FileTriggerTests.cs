using IndustryBrain.Testing;

namespace IndustryBrain.Runtime.Tests.Triggers;

/// <summary>Runs that files start which arrive in a folder.</summary>
public sealed class FileTriggerTests(PostgresFixture postgres, ProbePackage plugins)
{
    [Fact]
    public async Task File_ThatIsComplete_StartsOneRunOnSeveralHostsAndIsMoved()
    {
        var ct = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("ib-arrivals-");
        try
        {
            (string, string)[] settings = [("Triggers:Folders:inbox:Path", folder.FullName), ("Triggers:Folders:inbox:Organizations:0", RuntimeHost.Organization), ("Triggers:FolderSeconds", "1"), ("Triggers:SettleSeconds", "2")];
            var database = await postgres.CreateDatabaseAsync(plugins, ct);
            await using var a = await RuntimeHost.StartAsync(database, plugins, ct, settings);
            await using var b = await RuntimeHost.StartAsync(database, plugins, ct, settings);
            await a.PublishAsync(Definitions.Sequence("takes", ArrivalDefinitions.File("start", "inbox", "*.csv"), Definitions.SetOutput("out", "getOutputFrom('start', 'Result')")), ct);
            var growing = Path.Combine(folder.FullName, "growing.csv");
            await File.WriteAllTextAsync(growing, "a", ct);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "other.txt"), "x", ct);
            foreach (var i in Enumerable.Range(0, 5))
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{i}.csv"), $"v,{i}", ct);

            for (var i = 0; i < 5; i++)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, ct);
                await File.AppendAllTextAsync(growing, "b", ct);
            }

            await a.UntilAsync("select count(*) from run where definition_id = 'takes' and sub_status = 'Finished'", 6, ct);
            await a.UntilAsync("select count(*) from arrived_file", 0, ct);

            var (_, page) = await a.GetAsync("runs?definitionId=takes&pageSize=50", ct);
            Assert.Equal(6, page.GetProperty("items").GetArrayLength());
            foreach (var item in page.GetProperty("items").EnumerateArray())
            {
                var result = (await a.EndedAsync(item.GetProperty("id").GetGuid(), ct)).Output.GetProperty("result");
                var content = await a.Client.GetStringAsync(new Uri($"/api/v1/files/{result.GetProperty("file").GetProperty("file").GetString()}", UriKind.Relative), ct);
                Assert.Equal(result.GetProperty("name").GetString() is "growing.csv" ? "abbbbb" : $"v,{result.GetProperty("name").GetString()![0]}", content);
            }

            Assert.Equal(["other.txt"], folder.GetFiles().Select(f => f.Name));
            Assert.Equal(6, folder.GetDirectories().Single().GetFiles().Length);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task File_WhoseRunThePlatformDoesNotTakeYet_LeavesNoCopyAndIsTakenLater()
    {
        var ct = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("ib-arrivals-");
        var gate = Gate.Close("arrival");
        try
        {
            await using var host = await RuntimeHost.StartAsync(
                await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct,
                ("Triggers:Folders:inbox:Path", folder.FullName), ("Triggers:Folders:inbox:Organizations:0", RuntimeHost.Organization), ("Triggers:FolderSeconds", "1"), ("Triggers:SettleSeconds", "0"),
                ("Runs:MaxExecuting", "1"), ("Runs:MaxQueued", "1"));
            await host.PublishAsync(Definitions.Sequence("busy", Definitions.Probe("p", "double")), ct);
            await host.PublishAsync(Definitions.Sequence("takes", ArrivalDefinitions.File("start", "inbox", "*.csv")), ct);
            await host.StartRunAsync("busy", """{"value":1,"gate":"arrival"}""", ct);
            await Gate.ArrivedAsync("arrival", ct);
            await host.StartRunAsync("busy", """{"value":1,"gate":"arrival"}""", ct);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "a.csv"), "a", ct);

            await host.UntilAsync("select least(count(*), 2) from audit_record where action = 'file.delete'", 2, ct);
            gate.TrySetResult();
            await host.UntilAsync("select count(*) from run where definition_id = 'takes' and sub_status = 'Finished'", 1, ct);

            Assert.Equal(1, await host.CountAsync("select count(*) from stored_file", ct));
        }
        finally
        {
            gate.TrySetResult();
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task File_ThatArrivesByTheApi_StartsARunOnce()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
        await host.PublishAsync(Definitions.Sequence("uploads", ArrivalDefinitions.File("start", "uploads", "*.csv"), Definitions.SetOutput("out", "getOutputFrom('start', 'Result').file")), ct);
        using var uploaded = await host.Client.PostAsync(new Uri("/api/v1/files?name=a.csv", UriKind.Relative), new StringContent("a,b"), ct);
        var id = System.Text.Json.JsonElement.Parse(await uploaded.Content.ReadAsStringAsync(ct)).GetProperty("id").GetString();

        int[] statuses =
        [
            (await host.PostAsync($"files/{id}/arrivals", """{"folder":"uploads"}""", ct)).Status, (await host.PostAsync($"files/{id}/arrivals", """{"folder":"uploads"}""", ct)).Status,
            (await host.PostAsync($"files/{id}/arrivals", """{"folder":"elsewhere"}""", ct)).Status, (await host.PostAsync($"files/{Guid.NewGuid()}/arrivals", """{"folder":"uploads"}""", ct)).Status, (await host.PostAsync($"files/{id}/arrivals", "{}", ct)).Status,
        ];

        Assert.Equal([202, 202, 404, 404, 422], statuses);
        await host.UntilAsync("select count(*) from run where definition_id = 'uploads' and sub_status = 'Finished'", 1, ct);
        Assert.Equal(1, await host.CountAsync("select count(*) from run where definition_id = 'uploads'", ct));
    }

    [Fact]
    public async Task File_LeftWhereItIs_IsTakenOnceAndAgainWhenItChanged()
    {
        var ct = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("ib-arrivals-");
        try
        {
            var path = Path.Combine(folder.FullName, "a.csv");
            await using var host = await RuntimeHost.StartAsync(
                await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct,
                ("Triggers:Folders:inbox:Path", folder.FullName), ("Triggers:Folders:inbox:Organizations:0", "*"), ("Triggers:Folders:inbox:Then", "leave"), ("Triggers:FolderSeconds", "1"), ("Triggers:SettleSeconds", "0"));
            await host.PublishAsync(Definitions.Sequence("keeps", ArrivalDefinitions.File("start", "inbox", "*.csv"), Definitions.Line("l", "x")), ct);
            await File.WriteAllTextAsync(path, "1", ct);
            await host.UntilAsync("select count(*) from run where definition_id = 'keeps'", 1, ct);
            await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, ct);
            Assert.Equal(1, await host.CountAsync("select count(*) from run where definition_id = 'keeps'", ct));

            await File.WriteAllTextAsync(path, "12", ct);

            await host.UntilAsync("select count(*) from run where definition_id = 'keeps'", 2, ct);
            Assert.True(File.Exists(path));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
