using System.Text;
using System.Text.Json;
using IndustryBrain.Identity.Auditing;
using IndustryBrain.Storage.Auditing;
using IndustryBrain.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace IndustryBrain.Storage.Tests;

/// <summary>Records that have left the database, or were copied out of it, stay what they were.</summary>
public sealed class AuditArchiveTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Export_Untouched_IsIntactUnderItsKey()
    {
        await using var site = await StartAsync();
        await RecordAsync(site, TimeSpan.Zero, 5);

        var report = await CheckAsync(await ExportAsync(site), site.Get<AuditKey>().PublicKey, await CheckpointsAsync(site));

        Assert.Equal(new AuditFileReport("org-a", 5, 5, site.Get<AuditKey>().Id, null, null), report);
    }

    [Theory]
    [InlineData("edited", "altered", 3L)]
    [InlineData("removed", "altered", null)]
    [InlineData("copied", "altered", 3L)]
    [InlineData("added", "altered", null)]
    [InlineData("cut", "truncated", null)]
    [InlineData("resigned", "signature", null)]
    [InlineData("swapped", "altered", 2L)]
    [InlineData("garbled", "altered", null)]
    public async Task Export_ThatSomebodyTouched_IsFound(string how, string fault, long? seq)
    {
        await using var site = await StartAsync();
        await RecordAsync(site, TimeSpan.Zero, 5);
        var lines = (await ExportAsync(site)).TrimEnd('\n').Split('\n').ToList();
        var third = lines.FindIndex(l => l.StartsWith("{\"seq\":3,", StringComparison.Ordinal));
        switch (how)
        {
            case "edited": lines[third] = lines[third].Replace("note.create", "note.delete", StringComparison.Ordinal); break;
            case "removed": lines.RemoveAt(third); break;
            case "copied": lines.Insert(0, lines[third]); break;
            case "added": lines.Insert(0, """{"record":{"action":"note.create"}}"""); break;
            case "cut": lines.RemoveAt(lines.Count - 1); break;
            case "resigned": lines[^1] = lines[^1].Replace("\"records\":5", "\"records\":4", StringComparison.Ordinal); break;
            case "swapped": Swap(lines, third, lines.FindIndex(l => l.StartsWith("{\"seq\":2,", StringComparison.Ordinal))); break;
            default: lines[third] = "{"; break;
        }

        var report = await CheckAsync(string.Join('\n', lines) + "\n", site.Get<AuditKey>().PublicKey, []);

        Assert.Equal((fault, seq), (report.Fault, report.Seq));
    }

    [Fact]
    public async Task Export_SignedByAnother_IsFoundWhereTheKeyIsKnown()
    {
        await using var site = await StartAsync();
        await RecordAsync(site, TimeSpan.Zero, 2);
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);

        Assert.Equal("signature", (await CheckAsync(await ExportAsync(site), other.ExportSubjectPublicKeyInfoPem(), [])).Fault);
    }

    [Fact]
    public async Task Csv_CellsThatAreFormulas_StayText()
    {
        var record = JsonElement.Parse("""{"action":"note.create","actor":{"id":"=1+1","type":"person"},"object":{"id":"＝1","label":"a,\"b\""}}""");
        using var output = new MemoryStream();

        await AuditExport.WriteCsvAsync(output, new[] { new AuditEntry(7, "00", record) }.ToAsyncEnumerable(), Ct);

        var text = Encoding.UTF8.GetString(output.ToArray());
        Assert.StartsWith("\ufeffseq,at,action,", text, StringComparison.Ordinal);
        Assert.Contains("\r\n7,,note.create,,,person,\"'=1+1\",,'＝1,\"a,\"\"b\"\"\",,,,00\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Months_ThatAreOldEnough_LeaveForFiles_AndTheChainGoesOn()
    {
        await using var site = await StartAsync();
        await RecordAsync(site, TimeSpan.FromDays(500), 3);
        await RecordAsync(site, TimeSpan.FromDays(460), 2);
        await RecordAsync(site, TimeSpan.FromDays(300), 4);

        await ArchiveAsync(site);
        await ArchiveAsync(site);
        await RecordAsync(site, TimeSpan.Zero, 1);

        var found = await site.Get<AuditVerifier>().VerifyAsync("org-a", Ct);
        Assert.True(found.IsIntact, $"{found.Break}");
        // The records that tell of the two files are among the sealed ones.
        Assert.Equal((5, 12), (found.Archived, found.Sealed));
        var reports = await Task.WhenAll(Files(site).Select(async file => await CheckAsync(await File.ReadAllTextAsync(file, Ct), site.Get<AuditKey>().PublicKey, await CheckpointsAsync(site))));
        Assert.Equal([(3, 3, null), (2, 1, null)], reports.Select(r => (r.Records, r.Linked, r.Fault)));
    }

    [Fact]
    public async Task Chain_OfWhichAllHasLeft_GoesOnInTheNextHost()
    {
        var database = await postgres.CreateDatabaseAsync(Ct);
        var folder = Directory.CreateTempSubdirectory("ib-audit-");
        await using (var before = await TestSite.StartAsync(database, Ct, settings: ("Audit:Folder", folder.FullName)))
        {
            await RecordAsync(before, TimeSpan.FromDays(500), 3);
            await ArchiveAsync(before);
        }

        await using var site = await TestSite.StartAsync(database, Ct, settings: ("Audit:Folder", folder.FullName));
        await RecordAsync(site, TimeSpan.Zero, 1);

        var found = await site.Get<AuditVerifier>().VerifyAsync("org-a", Ct);
        Assert.True(found.IsIntact, $"{found.Break}");
        Assert.Equal((3, 5), (found.Archived, found.Sealed));
    }

    [Theory]
    [InlineData("delete from audit_base", AuditFault.Missing)]
    [InlineData("update audit_base set signature = sha512(signature)", AuditFault.Signature)]
    [InlineData("update audit_base b set body = c.body, signature = c.signature, seq = c.seq from audit_checkpoint c where c.seq > b.seq", AuditFault.Signature)]
    [InlineData("update audit_base set seq = seq + 1; delete from audit_seal where seq = 4", AuditFault.Signature)]
    [InlineData("delete from audit_seal where seq = 4", AuditFault.Missing)]
    public async Task Base_ThatSomebodyTouched_IsFound(string sql, AuditFault fault)
    {
        await using var site = await StartAsync(("Audit:CheckpointRecords", "1"));
        await RecordAsync(site, TimeSpan.FromDays(500), 3);
        await RecordAsync(site, TimeSpan.Zero, 3);
        await ArchiveAsync(site);
        await using (var connection = await site.Database.DataSource.OpenConnectionAsync(Ct))
        await using (var command = new NpgsqlCommand("alter table audit_record disable trigger user; alter table audit_seal disable trigger user; alter table audit_base disable trigger user;" + sql, connection))
            await command.ExecuteNonQueryAsync(Ct);

        Assert.Equal(fault, (await site.Get<AuditVerifier>().VerifyAsync("org-a", Ct)).Break?.Fault);
    }

    [Fact]
    public async Task Start_RetentionBelowTheLaw_IsRefused()
    {
        var database = await postgres.CreateDatabaseAsync(Ct);

        await Assert.ThrowsAsync<OptionsValidationException>(() => TestSite.StartAsync(database, Ct, settings: ("Audit:RetentionDays", "183")));
    }

    private async Task<TestSite> StartAsync(params (string, string)[] settings) => await TestSite.StartAsync(await postgres.CreateDatabaseAsync(Ct), Ct, settings: settings);

    /// <summary>Records of so long ago, sealed.</summary>
    private static async Task RecordAsync(TestSite site, TimeSpan ago, int count)
    {
        await using (var connection = await site.Database.DataSource.OpenConnectionAsync(Ct))
        {
            for (var i = 0; i < count; i++)
                await AuditTrail.InsertAsync(connection, Audit.Compose(TimeProvider.System.GetUtcNow() - ago, TestStorage.Caller("org-a"), "note.create", "note", $"n-{i}"), Ct);
        }

        await SealedAsync(site);
    }

    private static async Task SealedAsync(TestSite site)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        await using var waiting = site.Database.DataSource.CreateCommand("select count(*) from audit_record r where not exists (select 1 from audit_seal s where s.number = r.number)");
        while ((long)(await waiting.ExecuteScalarAsync(patience.Token))! > 0)
            await tick.WaitForNextTickAsync(patience.Token);
    }

    private static async Task ArchiveAsync(TestSite site)
    {
        await site.Get<IEnumerable<IHostedService>>().OfType<AuditArchive>().Single().MoveAsync(Ct);
        await SealedAsync(site);
    }

    private static async Task<string> ExportAsync(TestSite site)
    {
        using var output = new MemoryStream();
        await site.Get<AuditExport>().WriteJsonLinesAsync(output, "org-a", site.Get<AuditReader>().ReadAllAsync("org-a", new(), Ct), Ct);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static async Task<AuditFileReport> CheckAsync(string text, string? key, IEnumerable<string> checkpoints)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await AuditFile.CheckAsync(file, key, checkpoints, Ct);
    }

    // Their numbers stay where they are.
    private static void Swap(List<string> lines, int one, int other)
    {
        string Record(int line) => lines[line][lines[line].IndexOf("\"record\"", StringComparison.Ordinal)..];
        string Place(int line) => lines[line][..lines[line].IndexOf("\"record\"", StringComparison.Ordinal)];
        (lines[one], lines[other]) = (Place(one) + Record(other), Place(other) + Record(one));
    }

    private static string FolderOf(TestSite site) => site.Get<IOptions<AuditOptions>>().Value.Folder;

    private static IEnumerable<string> Files(TestSite site) => Directory.GetFiles(Path.Combine(FolderOf(site), "archive", "org-a")).Order(StringComparer.Ordinal);

    private static async Task<string[]> CheckpointsAsync(TestSite site) => await File.ReadAllLinesAsync(Path.Combine(FolderOf(site), "heads.txt"), Ct);
}
