using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.Events;
using IndustryBrain.Plugins.Capabilities.Http;
using IndustryBrain.Plugins.Capabilities.Mqtt;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Packaging;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Plugins.Tests.Capabilities;

/// <summary>A host with the connector of the samples, packed and installed as any plugin is.</summary>
internal sealed class ConnectorHost(PluginHost host, CapabilityBroker broker, CapabilityOptions options, HeldSecrets secrets, HeldDataSets dataSets, PluginManifest manifest) : IAsyncDisposable
{
    public PluginHost Host => host;

    public CapabilityBroker Broker => broker;

    public CapabilityOptions Options => options;

    public HeldSecrets Secrets => secrets;

    public HeldDataSets DataSets => dataSets;

    public PluginManifest Manifest => manifest;

    public SayingContext Context { get; } = new();

    public static async Task<ConnectorHost> StartAsync(
        TemporaryFolder folder, PluginTier tier, IReadOnlyList<Grant> grants, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null, TimeProvider? time = null, Action<CapabilityOptions>? configure = null, IEventPublisher? events = null, MqttOptions? mqtt = null, ILogger<CapabilityBroker>? log = null)
    {
        var ct = TestContext.Current.CancellationToken;
        var options = new CapabilityOptions { Folder = Path.Combine(folder.Path, "data") };
        configure?.Invoke(options);
        var (secrets, dataSets) = (new HeldSecrets(), new HeldDataSets());
        var broker = new CapabilityBroker(options, new OutboundConnections(options, resolve), new FixedGrants(new(grants)), secrets, time, log, events, dataSets, mqtt);
        var packed = await PluginPacker.PackAsync(Built.Sample("Connector"), Path.Combine(folder.Path, "packages"), ct);
        Assert.True(packed.TryGet(out var path, out var failure), failure?.Message.En);
        await using var package = File.OpenRead(path);
        var installed = await new PluginInstaller(new PluginOptions { Folder = Path.Combine(folder.Path, "installed") }).InstallAsync(package, ct);
        Assert.True(installed.TryGet(out var plugin, out failure), failure?.Message.En);
        var host = new PluginHost(new PluginOptions(), TimeProvider.System, capabilities: broker);
        Assert.Null((await host.LoadAsync(plugin with { Tier = tier }, ct)).Failure);
        return new(host, broker, options, secrets, dataSets, plugin.Manifest);
    }

    public async Task<Result<JsonElement>> CallAsync(string component, object input, string organization = "demo") =>
        await host.CallAsync(component, JsonSerializer.SerializeToElement(input), Context, organization, TestContext.Current.CancellationToken);

    public async Task<JsonElement> OutputAsync(string component, object input, string organization = "demo")
    {
        Assert.True((await CallAsync(component, input, organization)).TryGet(out var output, out var failure), failure?.ToString());
        return output;
    }

    public async Task<string> RefusalAsync(string component, object input, string organization = "demo")
    {
        var failure = (await CallAsync(component, input, organization)).Failure;
        Assert.NotNull(failure);
        return failure.Code;
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        broker.Dispose();
    }

    /// <summary>What a run gives: it hears everything, and has one file under any name.</summary>
    internal sealed class SayingContext : ComponentContext
    {
        public ConcurrentQueue<string> Said { get; } = new();

        public ConcurrentQueue<string> Opened { get; } = new();

        public string Key { get; set; } = "run-1:1";

        public override string IdempotencyKey => Key;

        public override TimeProvider Time => TimeProvider.System;

        public override void Report(double fraction, LocalizedText? message = null) => Said.Enqueue($"{message?.Zh} {message?.En}");

        public override void Log(ComponentLogLevel level, string message) => Said.Enqueue(message);

        public override ValueTask<Result<Stream>> OpenFileAsync(FileReference file, CancellationToken cancellationToken)
        {
            Opened.Enqueue(file.File);
            return new(new MemoryStream("content"u8.ToArray()));
        }
    }

    /// <summary>What a host logs.</summary>
    internal sealed class Lines : ILogger<CapabilityBroker>
    {
        public ConcurrentQueue<string> Written { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Written.Enqueue(formatter(state, exception));
    }

    private sealed class FixedGrants(Grants grants) : IPluginGrants
    {
        public ValueTask<Grants> FindAsync(InstalledPlugin plugin, string organization, CancellationToken cancellationToken) => new(grants);
    }
}
