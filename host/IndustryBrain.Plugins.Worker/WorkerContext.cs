using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using IndustryBrain.Plugins.Isolation.Wire;
using IndustryBrain.Plugins.Loading;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Worker;

/// <summary>What a call may use: everything in it is asked of the host.</summary>
#pragma warning disable CA1001 // What waits may outlive the call, and neither holds more than memory.
internal sealed class WorkerContext(Conversation host, OpenFiles files, OpenRequests requests, long call, string idempotencyKey) : ComponentContext
#pragma warning restore CA1001
{
    // More often than people can see it, progress would only fill the pipe.
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(50);
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly SemaphoreSlim _free = new(Frames.MaxRequests, Frames.MaxRequests);
    private long _reported;
    private bool _hasReported;
    private volatile bool _hasEnded;

    /// <inheritdoc />
    public override string IdempotencyKey { get; } = idempotencyKey;

    /// <inheritdoc />
    public override TimeProvider Time => TimeProvider.System;

    /// <inheritdoc />
    public override void Report(double fraction, LocalizedText? message = null)
    {
        lock (_gate)
        {
            if (_hasEnded || double.IsNaN(fraction) || (_hasReported && fraction < 1 && Time.GetElapsedTime(_reported) < ProgressInterval))
            {
                return;
            }

            (_hasReported, _reported) = (true, Time.GetTimestamp());
            host.Send(new(FrameKind.Progress) { Id = call, Fraction = Math.Clamp(fraction, 0, 1), Message = message is null ? null : new(Cut(message.Zh), Cut(message.En)) });
        }
    }

    /// <inheritdoc />
    public override void Log(ComponentLogLevel level, string message) => Log(new ComponentLogEntry(level, message));

    /// <inheritdoc />
    public override void Log(ComponentLogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var properties = entry.Properties.Count == 0 ? null : new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in entry.Properties.Take(ComponentLogEntry.MaxProperties))
        {
            properties![Cut(name, Frames.MaxNameLength)] = Cut(value, Frames.MaxValueLength);
        }

        lock (_gate)
        {
            if (!_hasEnded)
            {
                host.Send(new(FrameKind.Log) { Id = call, Level = entry.Level, Text = Cut(entry.Message), Properties = properties });
            }
        }
    }

    /// <inheritdoc />
    public override async ValueTask<Result<Stream>> OpenFileAsync(FileReference file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        var opened = new HostFile(host, files, call);
        return await opened.OpenAsync(file, cancellationToken).ConfigureAwait(false) is { } failure ? failure : opened;
    }

    /// <inheritdoc />
    public override async ValueTask<Result<CapabilityAnswer>> RequestAsync(CapabilityRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var place = Debugged is null ? null : SourcePlace.OfCaller(Debugged);
        var answer = await AskAsync(request, cancellationToken).ConfigureAwait(false);

        // The host denies by these codes; it cannot see where in the plugin it was asked.
        if (place is not null && answer.Failure is { Code: "IB1131" or "IB1132" or "IB1133" or "IB1190" } denied)
        {
            Log(ComponentLogLevel.Warning, $"{denied.Code} {denied.Message.En} [{place}]");
        }

        return answer;
    }

    /// <summary>The plugin's assembly, when it was built for debugging: what is denied is then said with its line.</summary>
    public Assembly? Debugged { get; set; }

    private async Task<Result<CapabilityAnswer>> AskAsync(CapabilityRequest request, CancellationToken cancellationToken)
    {
        if (_hasEnded)
        {
            return Refusals.CapabilityUnusable(request.Capability);
        }

        var json = request.Arguments.ValueKind == JsonValueKind.Undefined ? [] : JsonMarshal.GetRawUtf8Value(request.Arguments).ToArray();
        if (json.Length + request.Content.Length > Frames.MaxRequestBytes)
        {
            return Refusals.Limit(request.Capability, new($"一个请求最多 {Frames.MaxRequestBytes >> 20} MB。", $"A request has at most {Frames.MaxRequestBytes >> 20} MB."));
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended.Token);
        await _free.WaitAsync(either.Token).ConfigureAwait(false);
        var (number, answered) = requests.Add();

        // Its place is free when the host has answered, whether the component still waits or not.
        _ = answered.ContinueWith(_ => _free.Release(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            host.Send(new(FrameKind.Request) { Id = call, Request = number, Capability = request.Capability, Operation = request.Operation, JsonBytes = json.Length }, (byte[])[.. json, .. request.Content.Span]);
            return await answered.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            if (!_hasEnded)
            {
                host.Send(new(FrameKind.Cancel) { Id = call, Request = number });
            }

            requests.Remove(number, isForgotten: _hasEnded);
            throw;
        }
    }

    /// <summary>What a component still says after its call has nobody to hear it.</summary>
    public void End()
    {
        lock (_gate)
        {
            _hasEnded = true;
        }

        // Whoever still waits for the host waits for nothing.
        _ = _ended.CancelAsync();
    }

    private static string Cut(string text, int length = Frames.MaxTextLength) => text.Length > length ? text[..length] : text;
}
