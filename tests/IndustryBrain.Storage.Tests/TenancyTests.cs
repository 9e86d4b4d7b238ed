using IndustryBrain.Testing;
using Marten;

namespace IndustryBrain.Storage.Tests;

public sealed class TenancyTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Load_DocumentOfAnotherOrganization_IsNotFound()
    {
        await using var storage = await TestStorage.StartAsync(await postgres.OpenAsync(Ct), Ct);
        var note = new Note(Guid.NewGuid(), "甲");
        await using (var session = storage.Sessions.Open("org-a"))
        {
            session.Store(note);
            await session.SaveChangesAsync(Ct);
        }

        await using var own = storage.Sessions.Query("org-a");
        await using var other = storage.Sessions.Query("org-b");

        Assert.Equal(note, await own.LoadAsync<Note>(note.Id, Ct));
        Assert.Null(await other.LoadAsync<Note>(note.Id, Ct));
        Assert.Empty(await other.Query<Note>().ToListAsync(Ct));
    }

    [Fact]
    public async Task FetchStream_StreamOfAnotherOrganization_IsEmpty()
    {
        await using var storage = await TestStorage.StartAsync(await postgres.OpenAsync(Ct), Ct);
        var stream = Guid.NewGuid();
        await using (var session = storage.Sessions.Open("org-a"))
        {
            session.Events.StartStream(stream, new NoteTaken("甲"));
            await session.SaveChangesAsync(Ct);
        }

        await using var own = storage.Sessions.Query("org-a");
        await using var other = storage.Sessions.Query("org-b");

        Assert.Single(await own.Events.FetchStreamAsync(stream, token: Ct));
        Assert.Empty(await other.Events.FetchStreamAsync(stream, token: Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Org")]
    [InlineData("a' or '1'='1")]
    [InlineData("*DEFAULT*")]
    [InlineData("*platform*")]
    [InlineData("甲")]
    public async Task Open_TextThatIsNoOrganization_Throws(string organization)
    {
        await using var storage = await TestStorage.StartAsync(await postgres.OpenAsync(Ct), Ct);

        Assert.Throws<ArgumentException>(() => storage.Sessions.Open(organization));
        Assert.Throws<ArgumentException>(() => storage.Sessions.Query(organization));
    }

    [Fact]
    public async Task SaveChanges_OrganizationDocumentInPlatformSession_Throws()
    {
        await using var storage = await TestStorage.StartAsync(await postgres.OpenAsync(Ct), Ct);
        await using var session = storage.Sessions.OpenPlatform();

        session.Store(new Note(Guid.NewGuid(), "nobody's"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => session.SaveChangesAsync(Ct));
    }

    [Fact]
    public async Task SaveChanges_StreamInPlatformSession_Throws()
    {
        await using var storage = await TestStorage.StartAsync(await postgres.OpenAsync(Ct), Ct);
        await using var session = storage.Sessions.OpenPlatform();

        session.Events.StartStream(Guid.NewGuid(), new NoteTaken("nobody's"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => session.SaveChangesAsync(Ct));
    }

    [Fact]
    public async Task DefaultSession_OfTheStore_IsRefused()
    {
        await using var storage = await TestStorage.StartAsync(await postgres.OpenAsync(Ct), Ct);

        Assert.ThrowsAny<Exception>(() => storage.Get<IDocumentStore>().LightweightSession());
    }

    [Fact]
    public void AddPlatformDocument_TypeNotOnTheList_Throws() =>
        Assert.Throws<InvalidOperationException>(() => new StorageModel().AddPlatformDocument<Note>());
}
