using System.Runtime.InteropServices;
using IndustryBrain.Sdk.Components;

namespace Hostile;

/// <summary>One call to the kernel, past everything that the runtime offers. Arguments that do no harm where it is allowed.</summary>
public abstract class KernelAttack : Attack
{
    /// <summary>The number of this machine.</summary>
    protected static nint Number(int x64, int arm64) => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? arm64 : x64;

    /// <inheritdoc />
    protected sealed override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        Check(Ask(aim));
        return Task.FromResult("done");
    }

    /// <summary>Asks; below 0 when refused.</summary>
    protected abstract nint Ask(Aim aim);

    /// <summary>Closes the descriptor that was given.</summary>
    protected static nint Closed(nint descriptor) => descriptor < 0 ? descriptor : Libc.Close((int)descriptor);
}

/// <summary>Reads the memory of another process.</summary>
[Component("hostile.kernel-read", Zh = "读他人内存", En = "Reads memory")]
public sealed class KernelRead : KernelAttack
{
    /// <inheritdoc />
    protected override nint Ask(Aim aim) => Libc.Call(Number(310, 270), aim.Number, 0, 0, 0, 0, 0);
}

/// <summary>Finds out whether a process lives, by a signal that does nothing.</summary>
[Component("hostile.kernel-probe", Zh = "探测进程", En = "Probes")]
public sealed class KernelProbe : KernelAttack
{
    /// <inheritdoc />
    protected override nint Ask(Aim aim) => Libc.Call(Number(234, 131), aim.Number, aim.Number, 0, 0, 0);
}

/// <summary>Reads and sets the limits of another process.</summary>
[Component("hostile.kernel-limits", Zh = "他人的限额", En = "Limits of others")]
public sealed class KernelLimits : KernelAttack
{
    /// <inheritdoc />
    protected override nint Ask(Aim aim) => Libc.Call(Number(302, 261), aim.Number, 7, 0, 0, 0);
}

/// <summary>Has what happens to a file of its own signalled to another process.</summary>
[Component("hostile.kernel-signal-by-file", Zh = "借文件发信号", En = "Signals by a file")]
public sealed class KernelSignalByFile : KernelAttack
{
    private const int SetOwner = 8;

    /// <inheritdoc />
    protected override nint Ask(Aim aim) => Libc.Call(Number(72, 25), 0, SetOwner, aim.Number, 0, 0);
}

/// <summary>Has what happens to a pipe of its own signalled, by a command for devices.</summary>
[Component("hostile.kernel-signal-by-device", Zh = "借设备发信号", En = "Signals by a device")]
public sealed class KernelSignalByDevice : KernelAttack
{
    private const int SignalInput = 0x5452;

    /// <inheritdoc />
    protected override nint Ask(Aim aim)
    {
        var ends = GCHandle.Alloc(new int[2], GCHandleType.Pinned);
        var on = GCHandle.Alloc(1, GCHandleType.Pinned);
        try
        {
            Check(Libc.Call(Number(293, 59), ends.AddrOfPinnedObject(), 0));
            var pipe = (int[])ends.Target!;
            try
            {
                return Check(Libc.Call(Number(16, 29), pipe[0], SignalInput, on.AddrOfPinnedObject(), 0, 0));
            }
            finally
            {
                _ = (Libc.Close(pipe[0]), Libc.Close(pipe[1]));
            }
        }
        finally
        {
            ends.Free();
            on.Free();
        }
    }
}

/// <summary>Takes memory that grows like a stack, which the limit of the kernel does not count.</summary>
[Component("hostile.kernel-growing", Zh = "生长的内存", En = "Growing memory")]
public sealed class KernelGrowing : KernelAttack
{
    /// <inheritdoc />
    protected override nint Ask(Aim aim) => Libc.Map(0, 1 << 20, protection: 3, flags: 0x122, file: -1, offset: 0);
}

/// <summary>Undoes that it ends with the host.</summary>
[Component("hostile.kernel-outlive", Zh = "脱离宿主", En = "Outlives the host")]
public sealed class KernelOutlive : KernelAttack
{
    /// <inheritdoc />
    protected override nint Ask(Aim aim) => Libc.Call(Number(157, 167), 1, 0, 0, 0, 0);
}

/// <summary>Opens the keys of its session.</summary>
[Component("hostile.kernel-keyring", Zh = "密钥环", En = "Keyring")]
public sealed class KernelKeyring : KernelAttack
{
    /// <inheritdoc />
    protected override nint Ask(Aim aim) => Libc.Call(Number(250, 219), 0, -2, 1, 0, 0);
}

/// <summary>Changes how the kernel runs it, which turns off protections.</summary>
[Component("hostile.kernel-personality", Zh = "执行域", En = "Personality")]
public sealed class KernelPersonality : KernelAttack
{
    /// <inheritdoc />
    protected override nint Ask(Aim aim) => Libc.Call(Number(135, 92), unchecked((nint)0xffffffff), 0, 0, 0, 0);
}

/// <summary>Takes memory that outlives it and is counted for nobody.</summary>
[Component("hostile.kernel-shared-memory", Zh = "System V 共享内存", En = "System V memory")]
public sealed class KernelSharedMemory : KernelAttack
{
    /// <inheritdoc />
    protected override nint Ask(Aim aim) => Remove(Libc.Call(Number(29, 194), 0, 1 << 20, 0x380, 0, 0));

    private static nint Remove(nint id) => id < 0 ? id : Libc.Call(Number(31, 195), id, 0, 0, 0, 0);
}

/// <summary>Speaks with others through a queue of the kernel.</summary>
[Component("hostile.kernel-queue", Zh = "System V 队列", En = "System V queue")]
public sealed class KernelQueue : KernelAttack
{
    /// <inheritdoc />
    protected override nint Ask(Aim aim) => RemoveQueue(Libc.Call(Number(68, 186), 0, 0x380, 0, 0, 0));

    private static nint RemoveQueue(nint id) => id < 0 ? id : Libc.Call(Number(71, 187), id, 0, 0, 0, 0);
}

/// <summary>Makes a pair of sockets, which carry descriptors.</summary>
[Component("hostile.kernel-pair", Zh = "套接字对", En = "Socket pair")]
public sealed class KernelPair : KernelAttack
{
    /// <inheritdoc />
    protected override nint Ask(Aim aim) => Pair();

    private static nint Pair()
    {
        var pair = new int[2];
        var made = Libc.SocketPair(1, 1, 0, pair);
        return made < 0 ? made : Closed(pair[0]) + Closed(pair[1]);
    }
}

/// <summary>Opens a socket of the newer Internet protocol.</summary>
[Component("hostile.kernel-ipv6", Zh = "IPv6 套接字", En = "IPv6 socket")]
public sealed class KernelVersionSix : KernelAttack
{
    /// <inheritdoc />
    protected override nint Ask(Aim aim) => Closed(Libc.Socket(family: 10, type: 1, protocol: 0));
}

/// <summary>Gives itself a view of the file system of its own. Needs root without a jail.</summary>
[Component("hostile.kernel-namespace", Zh = "新建命名空间", En = "New namespace")]
public sealed class KernelNamespace : KernelAttack
{
    /// <inheritdoc />
    protected override nint Ask(Aim aim) => Libc.Call(Number(272, 97), 0x20000, 0, 0, 0, 0);
}

/// <summary>Changes its root folder, to the same. Needs root without a jail.</summary>
[Component("hostile.kernel-root", Zh = "更换根目录", En = "Changes its root")]
public sealed class KernelRoot : KernelAttack
{
    /// <inheritdoc />
    protected override nint Ask(Aim aim) => Libc.ChangeRoot("/");
}

/// <summary>Opens a socket that hears the whole network. Needs root without a jail.</summary>
[Component("hostile.kernel-packet", Zh = "原始套接字", En = "Raw socket")]
public sealed class KernelPacket : KernelAttack
{
    /// <inheritdoc />
    protected override nint Ask(Aim aim) => Closed(Libc.Socket(family: 17, type: 3, protocol: 0));
}

/// <summary>Sets the clock of the machine, to what it is. Needs root without a jail.</summary>
[Component("hostile.kernel-clock", Zh = "改系统时钟", En = "Sets the clock")]
public sealed class KernelClock : KernelAttack
{
    /// <inheritdoc />
    protected override nint Ask(Aim aim) => SetClock();

    private static nint SetClock()
    {
        var now = new long[2];
        return Libc.ReadClock(0, now) < 0 ? throw new PlatformNotSupportedException() : Libc.SetClock(0, now);
    }
}
