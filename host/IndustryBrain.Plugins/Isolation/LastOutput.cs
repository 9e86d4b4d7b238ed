using System.Text;

namespace IndustryBrain.Plugins.Isolation;

/// <summary>The last bytes that a process wrote to its standard error; all others are taken and dropped.</summary>
internal sealed class LastOutput
{
    private const int KeptBytes = 4_096;
    private const int StackBytes = 256 << 10;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _kept = new byte[KeptBytes];
    private int _count;

    /// <summary>The last lines; to be read when the stream has ended.</summary>
    public string Text => Encoding.UTF8.GetString(_kept, 0, _count).Trim();

    /// <summary>Completes when the stream has ended.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Takes what comes, on a thread of its own.</summary>
    public void Read(Stream stream) => new Thread(() => ReadAll(stream), StackBytes) { IsBackground = true, Name = "worker errors" }.Start();

    private void ReadAll(Stream stream)
    {
        var buffer = new byte[KeptBytes];
        try
        {
            int read;
            while ((read = stream.Read(buffer)) > 0)
            {
                var stays = Math.Min(_count, KeptBytes - read);
                _kept.AsSpan(_count - stays, stays).CopyTo(_kept);
                buffer.AsSpan(0, read).CopyTo(_kept.AsSpan(stays));
                _count = stays + read;
            }
        }
        catch (IOException)
        {
            // As its end.
        }

        _ended.SetResult();
    }
}
