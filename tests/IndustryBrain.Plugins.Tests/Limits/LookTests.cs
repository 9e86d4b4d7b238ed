using System.Text.Json;
using System.Threading.Channels;
using IndustryBrain.Plugins.Isolation;
using IndustryBrain.Plugins.Tests.Loading;

namespace IndustryBrain.Plugins.Tests.Limits;

/// <summary>How often the host looks at what its processes take.</summary>
public sealed class LookTests : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(43);
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Processes_WithoutCalls_AreLookedAtRarely_AndWhereNoneIsLeftNothingIs()
    {
        var time = new WatchedTime();
        await using var host = new PluginHost(new(), time, logger: null, new WorkerOptions { LookInterval = Every, Warm = 0 });
        Assert.True((await PluginPacker.PackAsync(Built.Sample("Echo"), Path.Combine(_folder.Path, "packages"), Ct)).TryGet(out var path, out var failure), failure?.Message.En);
        await using var package = File.OpenRead(path);
        Assert.True((await new PluginInstaller(new PluginOptions { Folder = Path.Combine(_folder.Path, "installed") }).InstallAsync(package, Ct)).TryGet(out var installed, out failure), failure?.Message.En);
        Assert.Null((await host.LoadAsync(installed with { Tier = PluginTier.Jailed }, Ct)).Failure);

        for (var i = 0; i < 2; i++)
        {
            Assert.Null((await host.CallAsync("echo.text", JsonElement.Parse("""{"text":"x"}"""), new QuietContext(), Ct)).Failure);
            Assert.Equal(Every, await time.NextAsync(Ct));
            Assert.Equal(Every * 8, await time.NextAsync(Ct));
        }

        await host.UnloadAsync(installed.Manifest.Id, installed.Manifest.Version, Ct);
        Assert.Equal(Timeout.InfiniteTimeSpan, await time.NextAsync(Ct));
    }

    /// <summary>The system's time, with a record of what the timer is set to that begins with <see cref="Every"/>.</summary>
    private sealed class WatchedTime : TimeProvider
    {
        private readonly Channel<TimeSpan> _set = Channel.CreateUnbounded<TimeSpan>();

        public async Task<TimeSpan> NextAsync(CancellationToken ct) => await _set.Reader.ReadAsync(ct).AsTask().WaitAsync(TimeSpan.FromSeconds(30), ct);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (period != Every)
            {
                return timer;
            }

            _set.Writer.TryWrite(period);
            return new Watched(timer, _set.Writer);
        }

        private sealed class Watched(ITimer timer, ChannelWriter<TimeSpan> set) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                set.TryWrite(period);
                return timer.Change(dueTime, period);
            }

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}
