using System.Text;
using IndustryBrain.Sdk.Components;

namespace Hostile;

/// <summary>Answers past the worker, with as much JSON as is allowed, made of the smallest values: the host's picture of it is many times as large, and the plugin needs no memory for it.</summary>
[Component("hostile.bomb-frame", Zh = "帧炸弹", En = "A frame of small values")]
public sealed class FrameBomb : Attack
{
    private static readonly Lock Writing = new();
    private static int _calls;

    /// <inheritdoc />
    protected override async Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        var id = Interlocked.Increment(ref _calls);
        var header = Encoding.UTF8.GetBytes($$"""{"kind":"result","id":{{id}}}""");
        var piece = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[],", 20_000)));
        var end = "0]}"u8.ToArray();
        var begin = "{\"what\":\"\",\"more\":["u8.ToArray();
        var length = begin.Length + ((long)piece.Length * aim.Amount) + end.Length;
        byte[] first = [.. BitConverter.GetBytes((int)(header.Length + 2 + length)), .. BitConverter.GetBytes((ushort)header.Length), .. header, .. begin];
        await Task.Yield();
        lock (Writing)
        {
            var pipe = Pipe();
            Write(pipe, first);
            for (var i = 0; i < aim.Amount; i++)
            {
                Write(pipe, piece);
            }

            Write(pipe, end);
        }

        await Task.Delay(TimeSpan.FromSeconds(aim.Number));
        return "";
    }

    // Where the worker moved its standard output to: the one pipe to write to whose other end is not here, and that is not standard error.
    private static int Pipe()
    {
        var links = new List<(int Number, string Link, bool IsWritten)>();
        var path = new byte[64];
        for (var number = 0; number < 64; number++)
        {
            if (Libc.ReadLink($"/proc/self/fd/{number}", path, path.Length) is > 0 and var length)
            {
                var flags = File.ReadLines($"/proc/self/fdinfo/{number}").First(l => l.StartsWith("flags", StringComparison.Ordinal));
                links.Add((number, Encoding.UTF8.GetString(path, 0, (int)length), flags[^1] == '1'));
            }
        }

        return links.First(l => l.IsWritten && l.Link.StartsWith("pipe", StringComparison.Ordinal) && !links.Exists(o => o.Link == l.Link && (o.Number <= 2 || !o.IsWritten))).Number;
    }

    private static void Write(int pipe, byte[] bytes)
    {
        for (nint at = 0; at < bytes.Length;)
        {
            at += Check(Libc.Write(pipe, at == 0 ? bytes : bytes[(int)at..], bytes.Length - at));
        }
    }
}
