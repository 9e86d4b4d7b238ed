using System.Runtime.InteropServices;

namespace IndustryBrain.Plugins.Jail;

/// <summary>File rights by path, held for the thread that applies them and for whatever it becomes; the kernel's own interface, 5.13 or newer.</summary>
internal sealed unsafe class Landlock : IDisposable
{
    private const int CreateRuleset = 444;
    private const int AddRule = 445;
    private const int RestrictSelf = 446;
    private const int VersionQuery = 1;
    private const int PathBeneath = 1;
    private const int OpenPath = 0x200000 | 0x80000;

    private const ulong Execute = 1 << 0;
    private const ulong WriteFile = 1 << 1;
    private const ulong ReadFile = 1 << 2;
    private const ulong ReadFolder = 1 << 3;
    private const ulong Refer = 1 << 13;
    private const ulong Truncate = 1 << 14;
    private const ulong Ioctl = 1 << 15;
    private const ulong FirstRights = (1 << 13) - 1;

    private readonly int _ruleset;

    private Landlock(int ruleset) => _ruleset = ruleset;

    /// <summary>Rules that take every right which this kernel knows and give back only those of <paramref name="rules"/>.</summary>
    public static Landlock Create(IReadOnlyList<(PathRight Right, string Path)> rules)
    {
        var version = (int)Native.Syscall(CreateRuleset, 0, 0, VersionQuery);
        if (version < 1)
        {
            throw new JailException("its kernel has no Landlock, or it is switched off");
        }

        var handled = FirstRights | (version >= 2 ? Refer : 0) | (version >= 3 ? Truncate : 0) | (version >= 5 ? Ioctl : 0);

        // Files; from version 4 binding and connecting TCP; from version 6 abstract sockets and signals that leave the jail.
        var attributes = stackalloc ulong[3] { handled, version >= 4 ? 3UL : 0, version >= 6 ? 3UL : 0 };
        var size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
        var ruleset = (int)Native.Syscall(CreateRuleset, (nint)attributes, size);
        if (ruleset < 0)
        {
            throw JailException.Of("landlock_create_ruleset", Marshal.GetLastPInvokeError());
        }

        var created = new Landlock(ruleset);
        foreach (var (right, path) in rules)
        {
            created.Allow(right, path, handled);
        }

        return created;
    }

    public void Apply()
    {
        if (Native.Syscall(RestrictSelf, _ruleset) != 0)
        {
            throw JailException.Of("landlock_restrict_self", Marshal.GetLastPInvokeError());
        }
    }

    public void Dispose() => _ = Native.Close(_ruleset);

    private void Allow(PathRight right, string path, ulong handled)
    {
        var descriptor = Native.Open(path, OpenPath);
        if (descriptor < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error == Native.NoSuchFile)
            {
                return;
            }

            throw JailException.Of($"opening {path}", error);
        }

        try
        {
            var rights = right switch
            {
                PathRight.Read => ReadFile | ReadFolder,
                PathRight.Write => ReadFile | ReadFolder | WriteFile | Truncate | Ioctl,
                _ => ReadFile | Execute,
            };

            // A folder may be listed; a file may not, and the kernel refuses a rule that says so.
            rights &= handled & (Directory.Exists(path) ? ulong.MaxValue : Execute | WriteFile | ReadFile | Truncate | Ioctl);
            var rule = stackalloc byte[12];
            *(ulong*)rule = rights;
            *(int*)(rule + 8) = descriptor;
            if (Native.Syscall(AddRule, _ruleset, PathBeneath, (nint)rule) != 0)
            {
                throw JailException.Of($"landlock_add_rule for {path}", Marshal.GetLastPInvokeError());
            }
        }
        finally
        {
            _ = Native.Close(descriptor);
        }
    }
}
