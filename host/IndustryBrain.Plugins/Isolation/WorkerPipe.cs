using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace IndustryBrain.Plugins.Isolation;

/// <summary>The host's end of a worker's standard input. On Linux it is written without waiting, on the caller's thread: most frames fit the pipe, and a thread of the pool is only taken when one does not.</summary>
internal sealed partial class WorkerPipe
{
    private const int GetFlags = 3;
    private const int SetFlags = 4;
    private const int SetPipeSize = 1031;
    private const int NonBlocking = 0x800;
    private const int PipeBytes = 256 << 10;
    private const int TryAgain = 11;
    private const int Interrupted = 4;
    private const short PollOutput = 4;
    private readonly Stream _stream;
    private readonly SafeHandle? _handle;

    public WorkerPipe(Process process)
    {
        _stream = process.StandardInput.BaseStream;
        if (OperatingSystem.IsLinux() && _stream is AnonymousPipeClientStream pipe)
        {
            // The worker's own end keeps waiting: the flag belongs to one end of a pipe. The size is only a wish.
            _ = Control(pipe.SafePipeHandle, SetPipeSize, PipeBytes);
            var flags = Control(pipe.SafePipeHandle, GetFlags, 0);
            _handle = flags >= 0 && Control(pipe.SafePipeHandle, SetFlags, flags | NonBlocking) == 0 ? pipe.SafePipeHandle : null;
        }
    }

    /// <summary>Lets more of what a worker sends fit its pipe.</summary>
    public static void Widen(Stream output)
    {
        if (OperatingSystem.IsLinux() && output is AnonymousPipeClientStream pipe)
        {
            _ = Control(pipe.SafePipeHandle, SetPipeSize, PipeBytes);
        }
    }

    /// <summary>Writes all of it.</summary>
    /// <exception cref="IOException">The worker is gone.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        if (_handle is null)
        {
            return new(Task.Run(() => Guarded(() => _stream.Write(bytes.Span))));
        }

        var left = bytes;
        Guarded(() => left = left[TryWrite(left.Span)..]);
        return left.IsEmpty ? default : new(Task.Run(() => Guarded(() => WriteWaiting(left))));
    }

    private void WriteWaiting(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            WaitForRoom();
            bytes = bytes[TryWrite(bytes.Span)..];
        }
    }

    private int TryWrite(ReadOnlySpan<byte> bytes)
    {
        var written = 0;
        while (written < bytes.Length)
        {
            var count = Write(_handle!, bytes[written..], bytes.Length - written);
            if (count < 0)
            {
                switch (Marshal.GetLastPInvokeError())
                {
                    case Interrupted:
                        continue;
                    case TryAgain:
                        return written;
                    default:
                        throw new IOException("The pipe is broken.");
                }
            }

            written += (int)count;
        }

        return written;
    }

    private unsafe void WaitForRoom()
    {
        var isHeld = false;
        try
        {
            _handle!.DangerousAddRef(ref isHeld);
            var wanted = new Polled { Descriptor = (int)_handle.DangerousGetHandle(), Events = PollOutput };
            _ = Poll(&wanted, 1, -1);
        }
        finally
        {
            if (isHeld)
            {
                _handle!.DangerousRelease();
            }
        }
    }

    // Closed by the end of the process: as broken.
    private static void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (ObjectDisposedException e)
        {
            throw new IOException(e.Message, e);
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeHandle descriptor, int command, int value);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeHandle descriptor, ReadOnlySpan<byte> bytes, nint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static unsafe partial int Poll(Polled* wanted, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Polled
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
