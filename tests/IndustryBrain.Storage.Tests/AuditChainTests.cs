using IndustryBrain.Identity.Auditing;
using IndustryBrain.Testing;
using Npgsql;

namespace IndustryBrain.Storage.Tests;

/// <summary>Whatever somebody does to the audit trail in the database, its verification says so and names the place.</summary>
public sealed class AuditChainTests(PostgresFixture postgres)
{
    private const string Unlock = "alter table audit_record disable trigger user; alter table audit_seal disable trigger user; alter table audit_checkpoint disable trigger user;";
    private const string Third = "(select number from audit_seal where organization = 'org-a' and seq = 3)";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trail_Untouched_IsIntactInEachOrganization()
    {
        await using var site = await StartAsync();

        foreach (var organization in new[] { "org-a", "org-b" })
        {
            var found = await VerifyAsync(site, organization);

            Assert.True(found.IsIntact);
            Assert.Equal((6, 0, 0), (found.Sealed, found.Waiting, found.OtherKeys));
            Assert.True(found.Checkpoints > 0);
        }
    }

    [Theory]
    [InlineData("update audit_record set body = convert_to(replace(convert_from(body, 'UTF8'), 'n-3', 'n-9'), 'UTF8') where number = ", AuditFault.Altered)]
    [InlineData("update audit_record set record = jsonb_set(record, '{result}', '\"failed\"') where number = ", AuditFault.Altered)]
    [InlineData("update audit_record set action = 'note.read' where number = ", AuditFault.Altered)]
    [InlineData("update audit_record set at = at - interval '1 day' where number = ", AuditFault.Altered)]
    [InlineData("update audit_record set body = '\\x00' where number = ", AuditFault.Altered)]
    [InlineData("update audit_seal set link = sha256(link) where number = ", AuditFault.Altered)]
    [InlineData("delete from audit_record where number = ", AuditFault.Missing)]
    [InlineData("delete from audit_seal where number = ", AuditFault.Missing)]
    public async Task Record_ThatSomebodyTouched_IsNamed(string sql, AuditFault fault)
    {
        await using var site = await StartAsync();
        await ExecuteAsync(site, sql + Third);

        await AssertBrokenAsync(site, fault, 3);
        Assert.True((await VerifyAsync(site, "org-b")).IsIntact);
    }

    [Fact]
    public async Task Records_ThatChangedPlaces_AreNamed()
    {
        await using var site = await StartAsync();
        await ExecuteAsync(site, """
            create temp table places on commit preserve rows as select number, seq from audit_seal where organization = 'org-a' and seq in (3, 4);
            update audit_seal set seq = -seq where number in (select number from places);
            update audit_seal s set seq = (select 7 - p.seq from places p where p.number = s.number) where s.seq < 0;
            """);

        await AssertBrokenAsync(site, AuditFault.Altered, 3);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"proof\":\"0123456789abcdef:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"")]
    public async Task Record_ThatNoHostMade_IsFound(string proof)
    {
        await using var site = await StartAsync();
        var forged = $$"""{"action":"note.create","actor":{"id":"p-1","org":"org-a","type":"person"},"at":"2026-01-31T08:30:00.000000Z","id":"01980000-0000-7000-8000-000000000001","org":"org-a"{{proof.Replace("0123456789abcdef:", site.Get<Auditing.AuditKey>().Id + ":", StringComparison.Ordinal)}},"result":"ok","v":1}""";
        await using var insert = site.Database.DataSource.CreateCommand("insert into audit_record (id, organization, at, action, body, record) values ('01980000-0000-7000-8000-000000000001', 'org-a', '2026-01-31T08:30:00Z', 'note.create', convert_to($1, 'UTF8'), $1::jsonb)");
        insert.Parameters.Add(new() { Value = forged });
        await insert.ExecuteNonQueryAsync(Ct);

        var found = await VerifyAsync(site, "org-a");

        Assert.Equal(AuditFault.Inserted, found.Break?.Fault);
        Assert.Equal(Guid.Parse("01980000-0000-7000-8000-000000000001"), found.Break?.RecordId);
    }

    [Fact]
    public async Task End_ThatSomebodyCutOff_IsMissed()
    {
        await using var site = await StartAsync();
        await ExecuteAsync(site, """
            delete from audit_record where number in (select number from audit_seal where organization = 'org-a' and seq > 4);
            delete from audit_seal where organization = 'org-a' and seq > 4;
            delete from audit_checkpoint where organization = 'org-a' and seq > 4;
            """);

        await AssertBrokenAsync(site, AuditFault.Truncated, 5);
    }

    [Fact]
    public async Task Record_EditedWithItsChainMadeAnew_HasNoProof()
    {
        await using var site = await StartAsync();
        await ExecuteAsync(site, $"update audit_record set body = convert_to(replace(convert_from(body, 'UTF8'), 'n-3', 'n-9'), 'UTF8'), record = replace(record::text, 'n-3', 'n-9')::jsonb where number = {Third}");
        await LinkAnewAsync(site);

        await AssertBrokenAsync(site, AuditFault.Inserted, 3);
    }

    [Fact]
    public async Task Record_TakenOutWithTheChainMadeAnew_DisagreesWithTheCheckpoint()
    {
        await using var site = await StartAsync();
        await ExecuteAsync(site, $"delete from audit_record where number = {Third}; delete from audit_seal where number = {Third}; update audit_seal set seq = -seq where organization = 'org-a' and seq > 3; update audit_seal set seq = -seq - 1 where seq < 0;");
        await LinkAnewAsync(site);

        var found = await VerifyAsync(site, "org-a");

        Assert.Equal(AuditFault.Rewritten, found.Break?.Fault);
        Assert.InRange(found.Break!.Seq!.Value, 1, 4);
    }

    [Fact]
    public async Task Checkpoint_OfAnotherSignature_IsFound()
    {
        await using var site = await StartAsync();
        await ExecuteAsync(site, "update audit_checkpoint set signature = sha512(signature) where organization = 'org-a'");

        Assert.Equal(AuditFault.Signature, (await VerifyAsync(site, "org-a")).Break?.Fault);
    }

    [Fact]
    public async Task Records_OfManyWritersWithRollbacks_AreAllSealed()
    {
        await using var site = await StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var i = 0; i < 25; i++)
            {
                await using var session = site.Get<IOrganizationSessions>().Open("org-a");
                session.Append(TestStorage.Caller("org-a"), "note.create", "note", $"w-{writer}-{i}");
                if (i % 5 == 4) session.QueueSqlCommand("select 1 / 0");
                try
                {
                    await session.SaveChangesAsync(Ct);
                }
                catch (Exception e) when (i % 5 == 4 && e is not OperationCanceledException)
                {
                    // Rolled back, and its number with it.
                }
            }
        }));

        var found = await UntilSealedAsync(site, "org-a", 6 + 8 * 20);

        Assert.True(found.IsIntact);
        Assert.Equal(0, found.Waiting);
    }

    /// <summary>Two organizations with six sealed records each, and a checkpoint over the first four or more.</summary>
    private async Task<TestSite> StartAsync()
    {
        var site = await TestSite.StartAsync(await postgres.CreateDatabaseAsync(Ct), Ct, settings: ("Audit:CheckpointRecords", "4"));
        for (var i = 1; i <= 6; i++)
        {
            foreach (var organization in new[] { "org-a", "org-b" })
            {
                await site.Get<AuditTrail>().AppendAsync(TestStorage.Caller(organization), "note.create", "note", $"n-{i}", AuditResult.Ok, null, Ct);
            }

            if (i == 4) await UntilSealedAsync(site, "org-b", 4);
        }

        await UntilSealedAsync(site, "org-a", 6);
        await UntilSealedAsync(site, "org-b", 6);
        return site;
    }

    private static async Task<AuditVerification> UntilSealedAsync(TestSite site, string organization, long records)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var found = await site.Get<AuditVerifier>().VerifyAsync(organization, patience.Token);
            if (found.Sealed >= records && found.Checkpoints > 0) return found;
            await tick.WaitForNextTickAsync(patience.Token);
        }
    }

    private static Task<AuditVerification> VerifyAsync(TestSite site, string organization) => site.Get<AuditVerifier>().VerifyAsync(organization, Ct);

    /// <summary>Makes the links of an organization anew over what is there: the chain agrees with itself.</summary>
    private static async Task LinkAnewAsync(TestSite site)
    {
        List<(long Number, long Seq, byte[] Body)> records = [];
        await using (var read = site.Database.DataSource.CreateCommand("select s.number, s.seq, r.body from audit_seal s join audit_record r using (number) where s.organization = 'org-a' order by s.seq"))
        await using (var reader = await read.ExecuteReaderAsync(Ct))
        {
            while (await reader.ReadAsync(Ct)) records.Add((reader.GetInt64(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)));
        }

        var link = AuditChain.Start("org-a");
        foreach (var (number, seq, body) in records)
        {
            link = AuditChain.Link(link, seq, body);
            await using var update = site.Database.DataSource.CreateCommand("update audit_seal set link = $1 where number = $2");
            update.Parameters.Add(new() { Value = link });
            update.Parameters.Add(new() { Value = number });
            await update.ExecuteNonQueryAsync(Ct);
        }
    }

    private static async Task AssertBrokenAsync(TestSite site, AuditFault fault, long seq)
    {
        var found = await VerifyAsync(site, "org-a");
        Assert.False(found.IsIntact);
        Assert.Equal((fault, seq), (found.Break!.Fault, found.Break.Seq!.Value));
    }

    private static async Task ExecuteAsync(TestSite site, string sql)
    {
        await using var connection = await site.Database.DataSource.OpenConnectionAsync(Ct);
        await using var command = new NpgsqlCommand(Unlock + sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
