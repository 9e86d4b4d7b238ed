using IndustryBrain.Testing;

namespace IndustryBrain.Storage.Tests;

/// <summary>Two hosts that the tests of a class share: one as it is, one with a key. Each starts when it is first asked for.</summary>
public sealed class SharedHosts : IAsyncDisposable
{
    /// <summary>The key of the second.</summary>
    public const string Key = "0123456789abcdef0123456789abcdef";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ib-shared-");
    private readonly Lazy<Task<HostProcess>> _plain;
    private readonly Lazy<Task<HostProcess>> _keyed;

    public SharedHosts(PostgresFixture postgres)
    {
        _plain = new(() => StartAsync(postgres, "plain", ""));
        _keyed = new(() => StartAsync(postgres, "keyed", Key));
    }

    /// <summary>The one as it is.</summary>
    public Task<HostProcess> PlainAsync() => _plain.Value;

    /// <summary>The one with a key.</summary>
    public Task<HostProcess> KeyedAsync() => _keyed.Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var host in new[] { _plain, _keyed }.Where(h => h.IsValueCreated))
        {
            await (await host.Value).DisposeAsync();
        }

        _root.Delete(recursive: true);
    }

    private async Task<HostProcess> StartAsync(PostgresFixture postgres, string data, string key) => await HostProcess.StartAsync(
        Path.Combine(_root.FullName, data), HostProcess.FreePort(),
        new Dictionary<string, string> { ["ConnectionStrings__IndustryBrain"] = await postgres.CreateDatabaseAsync(CancellationToken.None), ["IB_BOOTSTRAP_API_KEY"] = key }, CancellationToken.None);
}
