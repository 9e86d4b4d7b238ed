using System.Security.Cryptography;
using IndustryBrain.Testing;

namespace IndustryBrain.Storage.Tests;

public sealed class FileStoreTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256 * 1024)]
    [InlineData(256 * 1024 + 1)]
    [InlineData(1_000_000)]
    public async Task Store_AnySize_ReadsBackEqual(int size)
    {
        await using var storage = await TestStorage.StartAsync(await postgres.OpenAsync(Ct), Ct);
        var content = RandomNumberGenerator.GetBytes(size);
        var files = storage.Get<FileStore>();

        Assert.True((await files.StoreAsync(TestStorage.Caller("org-a"), "价格 2026.csv", new Trickle(content), Ct)).TryGet(out var stored, out _));
        Assert.True((await files.OpenAsync("org-a", stored.Id, Ct)).TryGet(out var stream, out _));
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Ct);

        Assert.Equal(content, copy.ToArray());
        Assert.Equal((size, Convert.ToHexStringLower(SHA256.HashData(content)), "价格 2026.csv"), (stored.Size, stored.Sha256, stored.Name));
        Assert.Equal(stored, (await files.FindAsync(TestStorage.Caller("org-a"), stored.Id, Ct)).TryGet(out var found, out _) ? found : null);
    }

    [Fact]
    public async Task Open_Seeking_ReadsFromThere()
    {
        await using var storage = await TestStorage.StartAsync(await postgres.OpenAsync(Ct), Ct);
        var content = RandomNumberGenerator.GetBytes(600_000);
        var files = storage.Get<FileStore>();
        (await files.StoreAsync(TestStorage.Caller("org-a"), "x.bin", new MemoryStream(content), Ct)).TryGet(out var stored, out _);
        (await files.OpenAsync("org-a", stored!.Id, Ct)).TryGet(out var stream, out _);
        var tail = new byte[100_000];

        stream!.Seek(-tail.Length, SeekOrigin.End);
        await stream.ReadExactlyAsync(tail, Ct);

        Assert.Equal(content[^tail.Length..], tail);
        Assert.Equal(0, await stream.ReadAsync(tail, Ct));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Store_LargerThanTheLimit_KeepsNothing(bool lengthIsKnown)
    {
        await using var storage = await TestStorage.StartAsync(await postgres.OpenAsync(Ct), Ct, ("Files:MaxBytes", "300000"));
        var content = new byte[300_001];
        Stream stream = lengthIsKnown ? new MemoryStream(content) : new Trickle(content);

        var result = await storage.Get<FileStore>().StoreAsync(TestStorage.Caller("org-a"), "big.bin", stream, Ct);

        Assert.Equal("IB0021", result.Failure?.Code);
        Assert.Equal(0, await CountAsync(storage));
    }

    [Fact]
    public async Task Store_WhenTheUploadBreaksOff_KeepsNothing()
    {
        await using var storage = await TestStorage.StartAsync(await postgres.OpenAsync(Ct), Ct);

        await Assert.ThrowsAsync<IOException>(() => storage.Get<FileStore>().StoreAsync(TestStorage.Caller("org-a"), "x.bin", new Trickle(new byte[400_000], breaksOff: true), Ct));

        Assert.Equal(0, await CountAsync(storage));
    }

    [Fact]
    public async Task Find_FileOfAnotherOrganization_IsNotFound()
    {
        await using var storage = await TestStorage.StartAsync(await postgres.OpenAsync(Ct), Ct);
        var files = storage.Get<FileStore>();
        (await files.StoreAsync(TestStorage.Caller("org-a"), "x.bin", new MemoryStream([1]), Ct)).TryGet(out var stored, out _);

        Assert.Equal("IB0020", (await files.FindAsync(TestStorage.Caller("org-b"), stored!.Id, Ct)).Failure?.Code);
        Assert.Equal("IB0020", (await files.OpenAsync("org-b", stored.Id, Ct)).Failure?.Code);
        Assert.Equal("IB0020", (await files.OpenAsync("org-a", "'; drop table stored_file", Ct)).Failure?.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../x")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("..")]
    [InlineData("a\u202Efdp.exe")]
    [InlineData("a\u2066b")]
    [InlineData("a\u2028b")]
    public async Task Store_NameThatIsNone_IsRefused(string name)
    {
        await using var storage = await TestStorage.StartAsync(await postgres.OpenAsync(Ct), Ct);

        Assert.Equal("IB0022", (await storage.Get<FileStore>().StoreAsync(TestStorage.Caller("org-a"), name, new MemoryStream([1]), Ct)).Failure?.Code);
    }

    private static async Task<long> CountAsync(TestStorage storage)
    {
        await using var command = storage.Database.DataSource.CreateCommand("select (select count(*) from stored_file) + (select count(*) from stored_file_chunk) + (select count(*) from audit_record)");
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    /// <summary>Gives its bytes in small pieces of unknown number, as a network does.</summary>
    private sealed class Trickle(byte[] content, bool breaksOff = false) : Stream
    {
        private int _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (breaksOff && _position == content.Length)
            {
                throw new IOException("The connection was closed.");
            }

            var read = Math.Min(Math.Min(count, 10_007), content.Length - _position);
            content.AsSpan(_position, read).CopyTo(buffer.AsSpan(offset));
            _position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
