using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.Mqtt;
using IndustryBrain.Plugins.Capabilities.Secrets;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Runs.Execution;
using IndustryBrain.Runtime.Runs.Nodes;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace IndustryBrain.Runtime.Triggers.Mqtt;

/// <summary>What listening to a broker uses of the host.</summary>
internal sealed record MqttServices(
    Database Database, TriggerStore Store, ScenarioTriggers Triggers, IOrganizationSessions Sessions, RunExecutor Executor, ISecretStore Secrets, MqttOptions Mqtt, IMqttConnections Connections, TriggerOptions Options, RunOptions Runs, OutageLog Outage, TimeProvider Time, ILogger Logger);

/// <summary>Listens to the brokers that triggers of published scenarios name: one connection for each organization and broker, on whichever node has it first.</summary>
internal sealed class MqttSubscriber(MqttServices services, PublishedScenarios published) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(string Organization, string Connection), MqttListening> _listening = [];
    private long? _seen;
    private long _readAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (_seen != published.Forgotten || services.Time.GetElapsedTime(_readAt) >= TimeSpan.FromSeconds(services.Options.LookSeconds))
                    await ReadAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or InvalidOperationException)
            {
                services.Outage.Failed(e);
            }

            await Task.Delay(Tick, services.Time, stoppingToken).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        foreach (var listening in _listening.Values)
            await listening.DisposeAsync();
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        var (seen, readAt) = (published.Forgotten, services.Time.GetTimestamp());
        Dictionary<(string, string), HashSet<string>> wanted = [];
        foreach (var organization in await services.Store.SaidAsync(TriggerKind.Mqtt, ct))
        {
            foreach (var said in organization)
            {
                var blank = said.IndexOf(' ', StringComparison.Ordinal);
                var key = (organization.Key, said[..blank]);
                if (!wanted.TryGetValue(key, out var filters))
                    wanted[key] = filters = new(StringComparer.Ordinal);
                filters.Add(said[(blank + 1)..]);
            }
        }

        foreach (var (key, listening) in _listening.Where(l => !wanted.ContainsKey(l.Key)).ToArray())
        {
            _listening.Remove(key);
            await listening.ForgetAsync();
        }

        foreach (var (key, filters) in wanted)
        {
            if (!_listening.TryGetValue(key, out var listening))
                _listening[key] = new(services, key.Item1, key.Item2, filters);
            else
                listening.Listen(filters);
        }

        (_seen, _readAt) = (seen, readAt);
    }
}
