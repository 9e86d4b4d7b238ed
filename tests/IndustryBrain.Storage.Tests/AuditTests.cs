using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using IndustryBrain.Storage.Auditing;
using IndustryBrain.Testing;
using Npgsql;

namespace IndustryBrain.Storage.Tests;

public sealed class AuditTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_WithTheChange_IsWrittenInItsTransaction()
    {
        await using var storage = await TestStorage.StartAsync(await postgres.OpenAsync(Ct), Ct);
        await using var session = storage.Sessions.Open("org-a");
        session.Store(new Note(Guid.NewGuid(), "甲"));
        session.Append(TestStorage.Caller("org-a"), "note.create", "note", "n-1", label: "笔记\0 \uD800");
        var trail = storage.Get<AuditTrail>();
        Assert.Empty(await trail.ReadAsync("org-a", 10, Ct));

        await session.SaveChangesAsync(Ct);

        var record = Assert.Single(await trail.ReadAsync("org-a", 10, Ct));
        Assert.Equal("note.create", record.GetProperty("action").GetString());
        Assert.Equal("person", record.GetProperty("actor").GetProperty("type").GetString());
        Assert.Equal("笔记 \uFFFD", record.GetProperty("object").GetProperty("label").GetString());
        Assert.Equal(7, Guid.Parse(record.GetProperty("id").GetString()!).Version);
        Assert.Empty(await trail.ReadAsync("org-b", 10, Ct));
    }

    [Fact]
    public async Task Append_WhenTheChangeFails_IsNotWritten()
    {
        await using var storage = await TestStorage.StartAsync(await postgres.OpenAsync(Ct), Ct);
        var note = new Note(Guid.NewGuid(), "甲");
        await using (var first = storage.Sessions.Open("org-a"))
        {
            first.Insert(note);
            await first.SaveChangesAsync(Ct);
        }

        await using var session = storage.Sessions.Open("org-a");
        session.Insert(note);
        session.Append(TestStorage.Caller("org-a"), "note.create", "note", "n-1");

        await Assert.ThrowsAnyAsync<Exception>(() => session.SaveChangesAsync(Ct));
        Assert.Empty(await storage.Get<AuditTrail>().ReadAsync("org-a", 10, Ct));
    }

    [Theory]
    [InlineData("update audit_record set action = 'x'")]
    [InlineData("delete from audit_record")]
    [InlineData("truncate audit_record")]
    public async Task AuditRecord_Changed_IsRefused(string sql)
    {
        await using var storage = await TestStorage.StartAsync(await postgres.OpenAsync(Ct), Ct);
        await storage.Get<AuditTrail>().AppendAsync(TestStorage.Caller("org-a"), "access.deny", "endpoint", "/", AuditResult.Denied, "IB4007", Ct);
        await using var command = storage.Database.DataSource.CreateCommand(sql);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Ct));

        Assert.Contains("insert-only", refused.MessageText, StringComparison.Ordinal);
        Assert.Single(await storage.Get<AuditTrail>().ReadAsync("org-a", 10, Ct));
    }

    // The chain of the published vector closes over exactly these bytes.
    [Fact]
    public void CanonicalJson_OfThePublishedRecords_GivesTheirLink()
    {
        byte[][] records =
        [
            Record(("at", "2026-01-01T00:00:00.000000Z"), ("org", "org-a"), ("action", "identity.signIn"), ("id", "r-1"), ("actor", "u-1"), ("result", "ok"), ("code", null)),
            Record(("at", "2026-01-01T00:00:01.000000Z"), ("org", "org-a"), ("action", "plugin.install"), ("id", "r-2"), ("actor", "u-1"), ("result", "denied"), ("reason", "审计\n\"😀\"")),
        ];

        var link = SHA256.HashData([2, .. "platform"u8]);
        for (var n = 1; n <= records.Length; n++)
        {
            var number = new byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(number, (ulong)n);
            link = SHA256.HashData([1, .. link, .. number, .. SHA256.HashData([0, .. records[n - 1]])]);
        }

        Assert.Equal("e3ce097c6f8e0b1c7c69cecbf6732ea1e9363f38ae8be005dc7b36183fe15274", Convert.ToHexStringLower(link));
    }

    [Fact]
    public void CanonicalJson_LoneSurrogate_IsRefused() => Assert.ThrowsAny<ArgumentException>(() => Record(("label", "\uD800")));

    [Fact]
    public void CanonicalJson_DecomposedText_IsComposed() => Assert.Equal("{\"label\":\"é\"}", Encoding.UTF8.GetString(Record(("label", "e\u0301"))));

    private static byte[] Record(params (string Key, string? Value)[] members)
    {
        var record = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in members)
        {
            record[key] = value;
        }

        return CanonicalJson.Write(record);
    }
}
