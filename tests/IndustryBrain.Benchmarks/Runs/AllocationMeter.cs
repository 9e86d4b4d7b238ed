using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace IndustryBrain.Benchmarks.Runs;

/// <summary>Counts what another .NET process allocates, as its runtime tells once a second.</summary>
internal sealed class AllocationMeter : IDisposable
{
    private readonly EventPipeSession _session;
    private readonly Task _reading;
    private double _total;

    public AllocationMeter(int processId)
    {
        _session = new DiagnosticsClient(processId).StartEventPipeSession(new EventPipeProvider("System.Runtime", EventLevel.Informational, -1, new Dictionary<string, string> { ["EventCounterIntervalSec"] = "1" }));
        _reading = Task.Run(() =>
        {
            using var source = new EventPipeEventSource(_session.EventStream);
            source.Dynamic.All += told =>
            {
                if (told.EventName == "EventCounters" && told.PayloadValue(0) is IDictionary<string, object> outer && outer["Payload"] is IDictionary<string, object> counter
                    && counter["Name"] as string == "alloc-rate" && counter.TryGetValue("Increment", out var increment))
                {
                    _total += (double)increment;
                }
            };
            source.Process();
        });
    }

    /// <summary>Ends counting.</summary>
    /// <returns>The bytes that were allocated meanwhile.</returns>
    public async Task<long> StopAsync()
    {
        await _session.StopAsync(CancellationToken.None);
        await _reading;
        return (long)_total;
    }

    public void Dispose() => _session.Dispose();
}
