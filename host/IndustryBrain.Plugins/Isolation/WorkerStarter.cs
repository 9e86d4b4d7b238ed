using System.Collections.Concurrent;
using System.Diagnostics;

namespace IndustryBrain.Plugins.Isolation;

/// <summary>Starts processes from one thread that lives as long as they may: Linux ends a child that asked for it when the thread that forked it ends, not the process.</summary>
internal sealed class WorkerStarter : IDisposable
{
    private readonly BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)> _wanted = [];

    public WorkerStarter() => new Thread(Run) { IsBackground = true, Name = "worker starter" }.Start();

    /// <summary>Starts a process.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    public Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _wanted.Add((start, started));
        return started.Task;
    }

    /// <summary>Ends the thread, and with it whatever was jailed and still runs.</summary>
    public void Dispose() => _wanted.CompleteAdding();

    private void Run()
    {
        foreach (var (start, started) in _wanted.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or FileNotFoundException)
            {
                started.SetException(e);
            }
        }

        _wanted.Dispose();
    }
}
