using System.Runtime.InteropServices;

namespace IndustryBrain.Plugins.Jail;

/// <summary>Limits, descriptors, capabilities: what is given up without a rule.</summary>
internal static unsafe class Privileges
{
    private const int SetParentDeathSignal = 1;
    private const int SetNoNewPrivs = 38;
    private const int DropBoundingCapability = 24;
    private const int AmbientCapability = 47;
    private const int ClearAllAmbient = 4;
    private const int Kill = 9;
    private const int CloseRange = 436;
    private const int CloseOnExec = 4;
    private const int DataLimit = 2;
    private const int CoreLimit = 4;
    private const int ProcessLimit = 6;
    private const int FileLimit = 7;
    private const int AddressSpaceLimit = 9;
    private const int SignalLimit = 11;

    // The runtime has one a thread waiting. Counted for the whole account: what is above stays for the host and its other processes.
    private const ulong MostSignals = 1_024;
    private const uint CapabilityVersion = 0x20080522;
    private const int LastCapability = 63;

    /// <summary>Ends with the thread of the host that started it, and belongs to no terminal. Where it had a parent that is gone already, it does not start.</summary>
    public static void FollowParent(int? parent)
    {
        // Fails where the process leads its group already: then it has no terminal to leave.
        _ = Native.StartSession();
        if (parent is null)
        {
            return;
        }

        Check("prctl(PR_SET_PDEATHSIG)", Native.Prctl(SetParentDeathSignal, Kill));
        if (Native.ParentId() != parent)
        {
            throw new JailException("the host has ended");
        }
    }

    /// <summary>Everything but the three standard descriptors closes when the worker's program begins.</summary>
    public static void CloseInherited()
    {
        if (Native.Syscall(CloseRange, 3, unchecked((nint)uint.MaxValue), CloseOnExec) != 0)
        {
            throw JailException.Of("close_range", Marshal.GetLastPInvokeError());
        }
    }

    public static void Limit(JailArguments wanted)
    {
        Limit("RLIMIT_CORE", CoreLimit, 0);
        Limit("RLIMIT_DATA", DataLimit, wanted.Data);
        Limit("RLIMIT_AS", AddressSpaceLimit, wanted.AddressSpace);
        Limit("RLIMIT_NOFILE", FileLimit, wanted.Files);
        Limit("RLIMIT_NPROC", ProcessLimit, wanted.Processes);

        // Not allowed where fewer are allowed already, and then not needed.
        var signals = new Native.ResourceLimit { Soft = MostSignals, Hard = MostSignals };
        _ = Native.SetLimit(SignalLimit, &signals);
    }

    /// <summary>Root without capabilities may do what its files' owner may, and nothing else; its limits bind it too.</summary>
    public static void DropCapabilities()
    {
        for (var capability = 0; capability <= LastCapability; capability++)
        {
            // Not allowed without CAP_SETPCAP, when there is nothing to drop; unknown beyond the kernel's last one.
            _ = Native.Prctl(DropBoundingCapability, (nuint)capability);
        }

        _ = Native.Prctl(AmbientCapability, ClearAllAmbient);
        var header = stackalloc uint[2] { CapabilityVersion, 0 };
        var none = stackalloc uint[6];
        new Span<uint>(none, 6).Clear();
        if (Native.Syscall(Syscalls.OfThisMachine().SetCapabilities, (nint)header, (nint)none) != 0)
        {
            throw JailException.Of("capset", Marshal.GetLastPInvokeError());
        }
    }

    public static void SetNoNewPrivileges() => Check("prctl(PR_SET_NO_NEW_PRIVS)", Native.Prctl(SetNoNewPrivs, 1));

    private static void Limit(string name, int resource, ulong? value)
    {
        if (value is { } number)
        {
            var limit = new Native.ResourceLimit { Soft = number, Hard = number };
            Check(name, Native.SetLimit(resource, &limit));
        }
    }

    private static void Check(string call, int result)
    {
        if (result != 0)
        {
            throw JailException.Of(call, Marshal.GetLastPInvokeError());
        }
    }
}
