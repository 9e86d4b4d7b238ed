using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using IndustryBrain.Testing;

namespace IndustryBrain.Chaos.Tests;

/// <summary>The outside world: counts the requests that runs send, by run and key.</summary>
internal sealed class EffectServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<int, ConcurrentBag<string>> _keys = [];

    public EffectServer()
    {
        Address = $"http://127.0.0.1:{HostProcess.FreePort()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = TakeAsync();
    }

    public string Address { get; }

    /// <summary>The keys of the requests of a run, in no order; each as often as it came.</summary>
    public IReadOnlyCollection<string> KeysOf(int number) => _keys.TryGetValue(number, out var keys) ? keys : [];

    public void Dispose() => _listener.Close();

    private async Task TakeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var number = int.Parse(context.Request.Url!.AbsolutePath.Trim('/'), CultureInfo.InvariantCulture);
            _keys.GetOrAdd(number, _ => []).Add(context.Request.Headers["Idempotency-Key"] ?? "");
            try
            {
                context.Response.Close();
            }
            catch (HttpListenerException)
            {
                // Who asked was killed.
            }
        }
    }
}
