using System.Runtime.InteropServices;

namespace IndustryBrain.Plugins.Jail;

/// <summary>The filter on system calls: no process, no socket, nothing of another process, nothing that Landlock or a limit does not cover.</summary>
internal static unsafe class Seccomp
{
    private const int SetSeccomp = 22;
    private const int FilterMode = 2;

    private const uint Allow = 0x7FFF0000;
    private const uint KillProcess = 0x80000000;
    private const uint Error = 0x00050000;
    private const uint NotPermitted = Error | 1;
    private const uint AccessDenied = Error | 13;
    private const uint NoSuchCall = Error | 38;
    private const uint NotSupported = Error | 95;

    private const ushort Load = 0x20;
    private const ushort JumpEqual = 0x15;
    private const ushort JumpGreaterOrEqual = 0x35;
    private const ushort JumpAnyBit = 0x45;
    private const ushort And = 0x54;
    private const ushort Return = 0x06;

    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;
    private const uint X32Bit = 0x40000000;

    private const uint CloneThread = 0x00010000;
    private const uint CloneNamespaces = 0x7E020080;
    private const uint MapShared = 0x01;
    private const uint MapAnonymous = 0x20;
    private const uint MapGrowsDown = 0x100;
    private const uint SetParentDeathSignal = 1;

    // A signal to a process: F_SETOWN, F_SETSIG, F_SETOWN_EX, F_SETLEASE, F_NOTIFY. Locks on what others read, in memory of the kernel: F_SETLK, F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW. Memory that counts for nobody: F_SETPIPE_SZ.
    private static readonly uint[] FileCommands = [8, 10, 15, 1024, 1026, 6, 7, 37, 38, 1031];

    // A signal: FIOSETOWN, SIOCSPGRP, FIOASYNC, TIOCSTI. What the file system keeps about a file that is only read: FS_IOC_SETFLAGS in both sizes, FS_IOC_SETVERSION, FS_IOC_FSSETXATTR.
    private static readonly uint[] DeviceCommands = [0x8901, 0x8902, 0x5452, 0x5412, 0x40086602, 0x40046602, 0x40087602, 0x401C5820];

    /// <summary>Holds for the calling thread and for the program that it becomes.</summary>
    /// <param name="calls">Numbers of this machine.</param>
    /// <param name="program">Address of the one path that <c>execve</c> may be given.</param>
    /// <param name="allowsSharedMemory">True where a limit counts it.</param>
    public static void Apply(Syscalls calls, nint program, bool allowsSharedMemory)
    {
        var filter = Build(calls, (uint)Environment.ProcessId, (ulong)program, allowsSharedMemory);
        fixed (Instruction* first = filter)
        {
            var header = new Header { Length = (ushort)filter.Length, First = (nint)first };
            if (Native.Prctl(SetSeccomp, FilterMode, (nuint)(&header)) != 0)
            {
                throw JailException.Of("prctl(PR_SET_SECCOMP)", Marshal.GetLastPInvokeError());
            }
        }
    }

    internal static Instruction[] Build(Syscalls calls, uint self, ulong program, bool allowsSharedMemory)
    {
        List<Instruction> code =
        [
            new(Load, ArchitectureOffset),
            new(JumpEqual, calls.Architecture, Then: 1),
            new(Return, KillProcess),
            new(Load, NumberOffset),
        ];
        if (calls.HasX32)
        {
            code.AddRange([new(JumpGreaterOrEqual, X32Bit, Else: 1), new(Return, NotPermitted)]);
        }

        foreach (var number in calls.Sockets)
        {
            // Not "unsupported": .NET would then take the whole platform for one without sockets and say something else.
            code.AddRange(When(number, [new(Return, AccessDenied)]));
        }

        foreach (var number in calls.Refused)
        {
            code.AddRange(When(number, [new(Return, NotPermitted)]));
        }

        foreach (var number in calls.Flushes)
        {
            // .NET then takes the file for one that cannot be flushed, and goes on.
            code.AddRange(When(number, [new(Return, NotSupported)]));
        }

        // The C library then takes clone, whose flags can be seen.
        code.AddRange(When(Syscalls.CloneThree, [new(Return, NoSuchCall)]));

        // A thread of this process, in its namespaces.
        code.AddRange(When(calls.StartThread, [Argument(0), new(JumpAnyBit, CloneNamespaces, Then: 1), new(JumpAnyBit, CloneThread, Then: 1), new(Return, NotPermitted), new(Return, Allow)]));

        // A signal to itself: the runtime stops its own threads with it.
        code.AddRange(When(calls.Kill, [Argument(0), new(JumpEqual, self, Then: 1), new(Return, NotPermitted), new(Return, Allow)]));
        code.AddRange(When(calls.ThreadKill, [Argument(0), new(JumpEqual, self, Then: 1), new(Return, NotPermitted), new(Return, Allow)]));
        foreach (var number in new[] { calls.SetLimits, calls.SetAffinity })
        {
            // Its own; the runtime reads the one and sets the other for its own threads, as number 0.
            code.AddRange(When(number, [Argument(0), new(JumpEqual, 0, Then: 2), new(JumpEqual, self, Then: 1), new(Return, NotPermitted), new(Return, Allow)]));
        }

        code.AddRange(When(calls.FileControl, Unless(FileCommands)));
        code.AddRange(When(calls.DeviceControl, Unless(DeviceCommands)));

        // Memory that grows like a stack is not counted by RLIMIT_DATA; shared memory without a file is counted only by RLIMIT_AS.
        if (!allowsSharedMemory)
        {
            code.AddRange(When(calls.Map,
            [
                Argument(3), new(JumpAnyBit, MapGrowsDown, Then: 2), new(And, MapShared | MapAnonymous), new(JumpEqual, MapShared | MapAnonymous, Else: 1), new(Return, NotPermitted), new(Return, Allow),
            ]));
        }
        else
        {
            code.AddRange(When(calls.Map, [Argument(3), new(JumpAnyBit, MapGrowsDown, Else: 1), new(Return, NotPermitted), new(Return, Allow)]));
        }

        // Whoever outlives the host would be nobody's.
        code.AddRange(When(calls.ProcessControl, [Argument(0), new(JumpEqual, SetParentDeathSignal, Else: 1), new(Return, NotPermitted), new(Return, Allow)]));

        // Once, from the address that the launcher has laid the path at; Landlock decides about any other attempt as well.
        code.AddRange(When(calls.Execute,
        [
            Argument(0), new(JumpEqual, (uint)program, Else: 2), Argument(0, upper: true), new(JumpEqual, (uint)(program >> 32), Then: 1), new(Return, AccessDenied), new(Return, Allow),
        ]));
        code.Add(new(Return, Allow));
        return [.. code];
    }

    private static IEnumerable<Instruction> When(int number, Instruction[] then) => then.Prepend(new(JumpEqual, (uint)number, Else: (byte)then.Length));

    // The command stands in the second argument.
    private static Instruction[] Unless(uint[] commands) =>
    [
        Argument(1), .. commands.Select((command, i) => new Instruction(JumpEqual, command, Then: (byte)(commands.Length - i))), new(Return, Allow), new(Return, NotPermitted),
    ];

    // Both architectures are little endian.
    private static Instruction Argument(uint index, bool upper = false) => new(Load, 16 + (index * 8) + (upper ? 4U : 0));

    /// <summary>One instruction of the classic packet filter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly struct Instruction(ushort code, uint value, byte Then = 0, byte Else = 0)
    {
        public readonly ushort Code = code;
        public readonly byte WhenTrue = Then;
        public readonly byte WhenFalse = Else;
        public readonly uint Value = value;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Header
    {
        public ushort Length;
        public nint First;
    }
}
