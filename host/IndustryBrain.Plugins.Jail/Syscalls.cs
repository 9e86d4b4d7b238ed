using System.Runtime.InteropServices;

namespace IndustryBrain.Plugins.Jail;

/// <summary>The numbers of one processor architecture.</summary>
internal sealed record Syscalls(uint Architecture, int StartThread, int Execute, int Map, int Kill, int ThreadKill, int SetLimits, int SetAffinity, int ProcessControl, int SetCapabilities, int FileControl, int DeviceControl, bool HasX32, IReadOnlyList<int> Sockets, IReadOnlyList<int> Flushes, IReadOnlyList<int> Refused)
{
    /// <summary>The same everywhere: calls that came after the architectures agreed on their numbers.</summary>
    public const int CloneThree = 435;

    // pidfd_send_signal, io_uring (3), open_tree, move_mount, fsopen, fsconfig, fsmount, fspick, pidfd_open, pidfd_getfd, process_madvise,
    // mount_setattr, quotactl_fd, landlock (3; the launcher has set its rules), memfd_secret, process_mrelease, set_mempolicy_home_node, fchmodat2,
    // setxattrat, getxattrat, listxattrat, removexattrat, open_tree_attr, file_getattr, file_setattr.
    private static readonly int[] Common =
    [
        424, 425, 426, 427, 428, 429, 430, 431, 432, 433, 434, 438, 440, 442, 443, 444, 445, 446, 447, 448, 450, 452, 463, 464, 465, 466, 467, 468, 469,
    ];

    // AUDIT_ARCH_X86_64.
    private static readonly Syscalls X64 = new(0xC000003E, StartThread: 56, Execute: 59, Map: 9, Kill: 62, ThreadKill: 234, SetLimits: 302, SetAffinity: 203, ProcessControl: 157, SetCapabilities: 126, FileControl: 72, DeviceControl: 16, HasX32: true,
        // socket, connect, accept, sendto, sendmsg, bind, listen, socketpair, accept4, sendmmsg.
        [41, 42, 43, 44, 46, 49, 50, 53, 288, 307],
        // fsync, fdatasync.
        [74, 75],
        [
            .. Common,
            57, 58, 322, // fork, vfork, execveat
            101, 310, 311, 312, 200, 129, 297, // ptrace, process_vm_readv, process_vm_writev, kcmp, tkill, rt_sigqueueinfo, rt_tgsigqueueinfo
            141, 142, 144, 314, 251, 256, 279, 237, // setpriority, sched_set{param,scheduler,attr}, ioprio_set, migrate_pages, move_pages, mbind
            165, 166, 155, 161, 272, 308, 304, 303, 153, 163, 179, 167, 168, // mount, umount2, pivot_root, chroot, unshare, setns, {open_by,name_to}_handle_at, vhangup, acct, quotactl, swapon, swapoff
            175, 313, 176, 246, 320, 169, 321, 298, 323, 103, 135, 172, 173, 154, // modules, kexec, reboot, bpf, perf_event_open, userfaultfd, syslog, personality, iopl, ioperm, modify_ldt
            248, 249, 250, 170, 171, 164, 227, 159, 305, // add_key, request_key, keyctl, sethostname, setdomainname, settimeofday, clock_settime, adjtimex, clock_adjtime
            319, 29, 30, 31, 64, 65, 66, 220, 68, 69, 70, 71, 240, 241, // memfd_create, System V and POSIX queues and memory: not counted by RLIMIT_DATA, shared with others
            76, 90, 91, 268, 92, 93, 94, 260, 132, 235, 261, 280, 188, 189, 190, 191, 192, 193, 194, 195, 196, 197, 198, 199, // truncate, chmod, chown, times, attributes: not covered by Landlock
            253, 294, 254, 300, 301, // inotify, fanotify
            73, // flock: holds on files that others read, and .NET opens none that is held
            275, 276, 278, // splice, tee, vmsplice: pages in a pipe count for nobody
            222, // timer_create: takes of the signals that the whole account may have waiting
            206, 207, 208, 209, 210, 333, // io_{setup,destroy,getevents,submit,cancel,pgetevents}: contexts of the whole machine
            162, 306, 277, // sync, syncfs, sync_file_range: the disks of others
        ]);

    // AUDIT_ARCH_AARCH64.
    private static readonly Syscalls Arm64 = new(0xC00000B7, StartThread: 220, Execute: 221, Map: 222, Kill: 129, ThreadKill: 131, SetLimits: 261, SetAffinity: 122, ProcessControl: 167, SetCapabilities: 91, FileControl: 25, DeviceControl: 29, HasX32: false,
        [198, 203, 202, 206, 211, 200, 201, 199, 242, 269],
        [82, 83],
        [
            .. Common,
            281, // execveat; fork and vfork do not exist
            117, 270, 271, 272, 130, 138, 240,
            140, 118, 119, 274, 30, 238, 239, 235,
            40, 39, 41, 51, 97, 268, 265, 264, 58, 89, 60, 224, 225,
            105, 273, 106, 104, 294, 142, 280, 241, 282, 116, 92,
            217, 218, 219, 161, 162, 170, 112, 171, 266,
            279, 194, 196, 195, 190, 193, 191, 192, 186, 189, 188, 187, 180, 181,
            45, 52, 53, 54, 55, 88, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
            26, 27, 262, 263,
            32,
            76, 77, 75,
            107,
            0, 1, 4, 2, 3, 292,
            81, 267, 84,
        ]);

    public static Syscalls OfThisMachine() => RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => X64,
        System.Runtime.InteropServices.Architecture.Arm64 => Arm64,
        var other => throw new JailException($"its processor, {other}, is not known"),
    };
}
