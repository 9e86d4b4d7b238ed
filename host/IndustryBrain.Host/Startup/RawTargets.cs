using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace IndustryBrain.Host.Startup;

/// <summary>
/// Takes request lines with raw UTF-8, as <c>curl '…/files?name=价格.csv'</c> sends them. Kestrel refuses them before anything of ours is asked, so the first line of a connection is percent-encoded in front of it;
/// the connection then closes behind its answer, so that the client's next request has a first line again.
/// </summary>
internal static class RawTargets
{
    /// <summary>Puts it in front of each endpoint.</summary>
    internal static void Accept(KestrelServerOptions kestrel) => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(next => async connection =>
    {
        var transport = connection.Transport;
        await using var input = new FirstLine(transport.Input, connection);
        connection.Transport = new Duplex(input, transport.Output);
        await next(connection);
    }));

    /// <summary>Closes the connection whose line was rewritten.</summary>
    internal static Task CloseAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<Rewritten>() is not null)
        {
            context.Response.Headers.Connection = "close";
        }

        return next(context);
    }

    private sealed record Rewritten;

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class FirstLine(PipeReader inner, BaseConnectionContext connection) : PipeReader, IAsyncDisposable
    {
        // Kestrel's own limit; what is longer it refuses itself.
        private const int LongestLine = 8 * 1024;

        private PipeReader? _rewritten;
        private bool _isDecided;
        private Task _rest = Task.CompletedTask;

        private PipeReader Current => _rewritten ?? inner;

        public override void AdvanceTo(SequencePosition consumed) => Current.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => Current.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => Current.CancelPendingRead();

        public override void Complete(Exception? exception = null) => Current.Complete(exception);

        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            while (true)
            {
                var result = await Current.ReadAsync(cancellationToken);
                if (_isDecided || result.IsCanceled || !IsHeldBack(result))
                {
                    return result;
                }

                if (_isDecided)
                {
                    // The line is rewritten: it comes from the other pipe.
                    continue;
                }

                inner.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        }

        public override bool TryRead(out ReadResult result)
        {
            while (Current.TryRead(out result))
            {
                if (_isDecided || result.IsCanceled || !IsHeldBack(result))
                {
                    return true;
                }

                if (!_isDecided)
                {
                    inner.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                }
            }

            return false;
        }

        public async ValueTask DisposeAsync()
        {
            if (_rewritten is not null)
            {
                inner.CancelPendingRead();
                await _rewritten.CompleteAsync();
                await _rest;
            }
        }

        /// <summary>True when what was read is not for the server yet: its line has raw bytes and is not whole, or it has just been rewritten.</summary>
        private bool IsHeldBack(ReadResult result)
        {
            var buffer = result.Buffer;
            var end = buffer.PositionOf((byte)'\n');
            var line = end is { } found ? buffer.Slice(0, found) : buffer;
            // A handshake of TLS, and the preface of HTTP/2, are no lines with raw bytes: a request begins with a letter.
            if (buffer.IsEmpty || !char.IsAsciiLetterUpper((char)buffer.FirstSpan[0]) || line.Length > LongestLine)
            {
                _isDecided = true;
                return false;
            }

            var isRaw = IsRaw(line);
            if (end is null)
            {
                return isRaw && !result.IsCompleted;
            }

            _isDecided = true;
            if (isRaw)
            {
                Rewrite(line, buffer);
            }

            return isRaw;
        }

        private static bool IsRaw(ReadOnlySequence<byte> line)
        {
            foreach (var part in line)
            {
                if (!Ascii.IsValid(part.Span))
                {
                    return true;
                }
            }

            return false;
        }

        private void Rewrite(ReadOnlySequence<byte> line, ReadOnlySequence<byte> buffer)
        {
            var pipe = new Pipe(new PipeOptions(useSynchronizationContext: false));
            foreach (var value in line.ToArray())
            {
                if (value < 0x80)
                {
                    pipe.Writer.Write([value]);
                }
                else
                {
                    pipe.Writer.Write(Encoding.ASCII.GetBytes($"%{value:X2}"));
                }
            }

            foreach (var part in buffer.Slice(line.End))
            {
                pipe.Writer.Write(part.Span);
            }

            inner.AdvanceTo(buffer.End);
            connection.Features.Set(new Rewritten());
            _rewritten = pipe.Reader;
            _rest = CopyAsync(pipe.Writer);
        }

        private async Task CopyAsync(PipeWriter writer)
        {
            Exception? broken = null;
            try
            {
                for (var flushed = await writer.FlushAsync(); !flushed.IsCompleted;)
                {
                    var read = await inner.ReadAsync();
                    foreach (var part in read.Buffer)
                    {
                        writer.Write(part.Span);
                    }

                    inner.AdvanceTo(read.Buffer.End);
                    if (read.IsCompleted || read.IsCanceled)
                    {
                        break;
                    }

                    flushed = await writer.FlushAsync();
                }
            }
            catch (Exception e) when (e is IOException or ConnectionAbortedException or ConnectionResetException or OperationCanceledException or InvalidOperationException)
            {
                broken = e;
            }

            await writer.CompleteAsync(broken);
            await inner.CompleteAsync(broken);
        }
    }
}
