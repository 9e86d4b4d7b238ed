using System.Text.Json;
using IndustryBrain.Plugins.Isolation.Wire;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Isolation;

/// <summary>What the frames of a worker do.</summary>
internal sealed partial class WorkerProcess
{
    // What answers a call is for its reader to hand over.
    private (HostCall? Call, Result<JsonElement> Answer) Take(Frame frame)
    {
        var header = frame.Header;
        switch (header.Kind)
        {
            case FrameKind.Hello when header.Protocol == FrameHeader.ProtocolVersion && _greeted.TrySetResult():
            case FrameKind.Loaded when Plugin is not null && _loaded.TrySetResult(null):
                break;
            case FrameKind.Failure when header.Id == 0 && !_loaded.Task.IsCompleted:
                LogLoadFailed(PluginId, PluginVersion, OneLine.Of(header.Details ?? "", Frames.MaxHeaderBytes));
                _loaded.TrySetResult(header.Reason == FailureReason.Memory ? PluginFailures.MemoryExceeded(PluginId, _options.MemoryBytes) : PluginFailures.LoadFailed(PluginId));
                break;
            case FrameKind.Result when _calls.TryGetValue(header.Id, out var call):
                call.Hold(KeepRoom());
                var depth = ExpressionProgram.Is(Plugin) ? Frames.MaxExpressionDepth : 0;
                return (call, JsonSize.Exceeds(frame.Body.Span, _options.MaxValues, depth) ? PluginFailures.TooManyValues(call.ComponentId, _options.MaxValues) : JsonElement.Parse(frame.Body.Span, new JsonDocumentOptions { MaxDepth = depth }));
            case FrameKind.Failure when _calls.TryGetValue(header.Id, out var call):
                Fail(call, header);
                break;
            case FrameKind.Progress or FrameKind.Log:
                Hear(header);
                break;
            case FrameKind.OpenFile or FrameKind.ReadFile or FrameKind.CloseFile:
                if (!_calls.TryGetValue(header.Id, out var reading))
                {
                    // A file that its component closed late.
                    Stray();
                }
                else if (!reading.Requested(header))
                {
                    throw new FrameException("More requests for files than a worker makes.");
                }

                break;
            case FrameKind.Request:
                if (_calls.TryGetValue(header.Id, out var asking))
                {
                    asking.Asked(header, frame.Body.Span, _options.MaxValues, KeepRoom);
                }
                else
                {
                    Stray();
                }

                break;
            case FrameKind.Cancel when header.Request is { } cancelled:
                if (_calls.TryGetValue(header.Id, out var giving))
                {
                    giving.GaveUp(cancelled);
                }
                else
                {
                    Stray();
                }

                break;
            case FrameKind.Heartbeat when _isBeatAsked:
                _isBeatAsked = false;
                break;
            case FrameKind.Result or FrameKind.Failure when header.Id > 0 && header.Id <= Volatile.Read(ref _lastCall):
                // Its caller had given it up in that moment.
                Stray();
                break;
            default:
                throw new FrameException($"A frame of kind {header.Kind} that was not asked for.");
        }

        return default;
    }

    private void Hear(FrameHeader header)
    {
        if (!_calls.TryGetValue(header.Id, out var call))
        {
            Stray();
        }
        else if (!call.Heard(header, _options.MaxMessages))
        {
            // In this order: whoever hears of it calls again, and must not get the process that ends.
            Kill(PluginFailures.WorkerStopped(PluginId));
            call.Complete(PluginFailures.TooManyMessages(call.ComponentId, _options.MaxMessages));
        }
    }

    // An honest worker is late now and then, for as long as it lives.
    private void Stray()
    {
        if (++_strayMessages > _options.MaxMessages + Volatile.Read(ref _lastCall))
        {
            throw new FrameException("Too many frames for calls that have ended.");
        }
    }

    private void Fail(HostCall call, FrameHeader header)
    {
        if (header.Reason == FailureReason.Cancelled && call.IsCancelling)
        {
            call.Cancelled();
            return;
        }

        if (header.Details is { } details)
        {
            var redacted = _redactor?.Redact(details) ?? details;
            // Its lines stay: the place in the vendor's source is looked for in them.
            call.Threw(string.Join('\n', redacted.Split('\n').Select(line => OneLine.Of(line.TrimEnd()))));
            LogThrew(call.ComponentId, PluginVersion, OneLine.Of(redacted, Frames.MaxHeaderBytes));
        }

        if (header is { Reason: FailureReason.NotConfigured, Failure: { } unsettled })
        {
            call.Complete(PluginFailures.NotConfigured(PluginId, ReportedFailure.Of(unsettled, call.ComponentId)));
            return;
        }

        if (header.Reason == FailureReason.Memory)
        {
            // What filled it may still be held, and the next call would pay for it.
            Kill(PluginFailures.WorkerStopped(PluginId));
        }

        call.Complete(header.Failure is { } reported ? ReportedFailure.Of(reported, call.ComponentId) : header.Reason switch
        {
            FailureReason.Denied => PluginFailures.Denied(call.ComponentId),
            FailureReason.Memory => PluginFailures.MemoryExceeded(call.ComponentId, _options.MemoryBytes),
            FailureReason.OutputTooLarge => PluginFailures.OutputTooLarge(call.ComponentId, _options.MaxOutputBytes),
            FailureReason.Files => PluginFailures.TooManyFiles(call.ComponentId, _options.MaxOpenFiles),
            FailureReason.Absent => PluginFailures.ComponentAbsent(call.ComponentId, PluginId),
            _ => PluginFailures.ComponentThrew(call.ComponentId),
        });
    }
}
