using System.Diagnostics;
using System.Runtime.InteropServices;
using IndustryBrain.Sdk.Components;

namespace Hostile;

/// <summary>Fills the heap.</summary>
[Component("hostile.bomb-memory", Zh = "内存炸弹", En = "Memory")]
public sealed class BombMemory : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        var held = new List<byte[]>();
        for (var i = 0; i < aim.Amount; i++)
        {
            held.Add(new byte[1 << 20]);
        }

        return Task.FromResult($"{held.Count} MB");
    }
}

/// <summary>Fills memory that the runtime does not know.</summary>
[Component("hostile.bomb-native", Zh = "本机内存炸弹", En = "Native memory")]
public sealed class BombNative : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        var held = new List<nint>();
        try
        {
            for (var i = 0; i < aim.Amount; i++)
            {
                held.Add(Marshal.AllocHGlobal(1 << 20));
            }
        }
        finally
        {
            held.ForEach(Marshal.FreeHGlobal);
        }

        return Task.FromResult($"{held.Count} MB");
    }
}

/// <summary>Fills memory, keeps it, and waits: a trap, as it never says that none is left.</summary>
[Component("hostile.bomb-kept", Zh = "占住内存", En = "Kept memory")]
public sealed class BombKept : Attack
{
    private static readonly List<nint> Held = [];

    /// <inheritdoc />
    protected override async Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        try
        {
            for (var i = 0; i < aim.Amount; i++)
            {
                Held.Add(Marshal.AllocHGlobal(1 << 20));
            }
        }
        catch (OutOfMemoryException)
        {
            await Task.Delay(Timeout.Infinite);
        }

        return $"{Held.Count} MB";
    }
}

/// <summary>Fills memory, then makes it unwritable, so that the limit of the kernel does not count it any more.</summary>
[Component("hostile.bomb-sealed", Zh = "封存内存", En = "Sealed memory")]
public sealed class BombSealed : Attack
{
    private const int Piece = 8 << 20;

    /// <inheritdoc />
    protected override async Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        var zeros = new byte[Piece];
        for (var taken = 0; taken < aim.Amount << 20; taken += Piece)
        {
            var piece = Libc.Map(0, Piece, protection: 3, flags: 0x22, file: -1, offset: 0);
            Check(piece);
            Array.Fill(zeros, (byte)1);
            Marshal.Copy(zeros, 0, piece, Piece);
            Check(Libc.Protect(piece, Piece, protection: 1));
        }

        // Long enough to be seen.
        await Task.Delay(TimeSpan.FromSeconds(3));
        return $"{aim.Amount} MB";
    }
}

/// <summary>Takes shared memory, which the limit of the kernel does not count.</summary>
[Component("hostile.bomb-shared", Zh = "共享内存", En = "Shared memory")]
public sealed class BombShared : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        Check(Libc.Map(0, (nint)aim.Amount << 20, protection: 3, flags: 0x21, file: -1, offset: 0));
        return Task.FromResult("mapped");
    }
}

/// <summary>Takes memory as a file without a name.</summary>
[Component("hostile.bomb-memory-file", Zh = "内存文件", En = "Memory file")]
public sealed class BombMemoryFile : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        Check(Libc.Close((int)Check(Libc.MemoryFile("bomb", 0))));
        return Task.FromResult("made");
    }
}

/// <summary>Starts threads that do nothing.</summary>
[Component("hostile.bomb-threads", Zh = "线程炸弹", En = "Threads")]
public sealed class BombThreads : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        using var end = new ManualResetEventSlim();
        var threads = new List<Thread>();
        try
        {
            for (var i = 0; i < aim.Amount; i++)
            {
                var thread = new Thread(end.Wait) { IsBackground = true };
                thread.Start();
                threads.Add(thread);
            }

            return Task.FromResult($"{threads.Count} threads");
        }
        finally
        {
            end.Set();
            threads.ForEach(t => t.Join());
        }
    }
}

/// <summary>Does not come back.</summary>
[Component("hostile.bomb-loop", Zh = "死循环", En = "Loop")]
public sealed class BombLoop : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        Spin(aim.Amount);
        return Task.FromResult("looped");
    }

    internal static void Spin(int seconds)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < seconds)
        {
        }
    }
}

/// <summary>Does not come back from a static constructor.</summary>
[Component("hostile.bomb-static", Zh = "静态构造死循环", En = "Static constructor")]
public sealed class BombStatic : Attack
{
    [ThreadStatic]
    private static int _seconds;

    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        _seconds = aim.Amount;
        return Task.FromResult(Trap.Word);
    }

    private static class Trap
    {
        public static readonly string Word;

#pragma warning disable CA1810 // The explicit constructor is the attack.
        static Trap()
#pragma warning restore CA1810
        {
            BombLoop.Spin(_seconds);
            Word = "constructed";
        }
    }
}

/// <summary>Writes more to the log than anybody reads.</summary>
[Component("hostile.bomb-log", Zh = "日志炸弹", En = "Log")]
public sealed class BombLog : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        for (var i = 0; i < aim.Amount; i++)
        {
            context.Log(ComponentLogLevel.Information, "again");
        }

        return Task.FromResult("written");
    }
}

/// <summary>Writes to its console without end.</summary>
[Component("hostile.bomb-console", Zh = "控制台炸弹", En = "Console")]
public sealed class BombConsole : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        for (var i = 0; i < aim.Amount; i++)
        {
            Console.WriteLine(new string('x', 1 << 16));
        }

        return Task.FromResult("written");
    }
}

/// <summary>Answers with too much.</summary>
[Component("hostile.bomb-output", Zh = "输出炸弹", En = "Output")]
public sealed class BombOutput : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context) => Task.FromResult(new string('x', aim.Amount << 20));
}

/// <summary>Reports more progress than anybody sees.</summary>
[Component("hostile.bomb-progress", Zh = "进度炸弹", En = "Progress")]
public sealed class BombProgress : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        for (var i = 0; i < aim.Amount; i++)
        {
            context.Report(1);
        }

        return Task.FromResult("reported");
    }
}

/// <summary>Opens files until the machine has none left.</summary>
[Component("hostile.bomb-files", Zh = "文件句柄炸弹", En = "Open files")]
public sealed class BombFiles : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        var held = new List<FileStream>();
        try
        {
            for (var i = 0; i < aim.Amount; i++)
            {
                held.Add(File.OpenRead("/dev/null"));
            }

            return Task.FromResult($"{held.Count} files");
        }
        finally
        {
            held.ForEach(f => f.Dispose());
        }
    }
}
