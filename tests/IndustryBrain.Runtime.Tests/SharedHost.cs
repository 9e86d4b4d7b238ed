using IndustryBrain.Testing;

namespace IndustryBrain.Runtime.Tests;

/// <summary>One host with the usual settings for the tests of a class that leave it as it was, but for scenarios of their own names and their runs: starting one costs more than what they ask it.</summary>
public sealed class SharedHost(PostgresFixture postgres, ProbePackage plugins) : IAsyncLifetime
{
    private RuntimeHost? _host;

    internal RuntimeHost Host => _host!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        _host = await RuntimeHost.StartAsync(await postgres.CreateDatabaseAsync(plugins, ct), plugins, ct);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }
}
