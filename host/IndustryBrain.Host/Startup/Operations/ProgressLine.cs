using IndustryBrain.Storage.Backups;
using IndustryBrain.Web.Texts;

namespace IndustryBrain.Host.Startup.Operations;

/// <summary>Shows how far a backup or restore is: one line that changes at a terminal, elsewhere a line now and then.</summary>
internal sealed class ProgressLine(TextWriter output, TimeProvider time) : IProgress<BackupProgress>
{
    private static readonly TimeSpan AtTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(10);
    private readonly TimeSpan _pause = Console.IsErrorRedirected ? Elsewhere : AtTerminal;
    private long _shown = time.GetTimestamp();
    private int _width;

    public void Report(BackupProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (time.GetElapsedTime(_shown) < _pause)
        {
            return;
        }

        _shown = time.GetTimestamp();
        var line = $"{NumberText.Bytes(value.Bytes)}  {value.Part}";
        if (Console.IsErrorRedirected)
        {
            output.WriteLine(line);
            return;
        }

        output.Write("\r" + line.PadRight(_width));
        _width = line.Length;
    }

    /// <summary>Leaves an empty line to whoever writes next.</summary>
    internal void End()
    {
        if (_width > 0)
        {
            output.Write("\r" + new string(' ', _width) + "\r");
        }
    }
}
