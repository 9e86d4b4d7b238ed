using System.Buffers.Binary;
using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Installing;

/// <summary>Refuses a package whose files were built for another kind of processor. What lies below <c>runtimes/</c> may be for any: the host takes its own.</summary>
internal static class PackageMachine
{
    private const int ImageHead = 4_096;

    // ReadyToRun images carry their operating system in the machine: Linux, macOS, FreeBSD, NetBSD.
    private static readonly int[] SystemMasks = [0, 0x7B79, 0x4644, 0xADC4, 0x1993];

    /// <summary>IB1188 for the first such file.</summary>
    public static async Task<Failure?> CheckAsync(ZipArchive archive, Architecture machine, CancellationToken ct)
    {
        var head = new byte[ImageHead];
        foreach (var entry in archive.Entries.Where(entry => !entry.FullName.EndsWith('/') && !entry.FullName.Contains("/runtimes/", StringComparison.OrdinalIgnoreCase)))
        {
            await using var content = await entry.OpenAsync(ct).ConfigureAwait(false);
            var read = await content.ReadAtLeastAsync(head, ImageHead, throwOnEndOfStream: false, ct).ConfigureAwait(false);
            if (Machine(head.AsSpan(0, read)) is { } found && found != machine)
            {
                return TrustFailures.OtherArchitecture(entry.FullName, found.ToString(), machine.ToString());
            }
        }

        return null;
    }

    /// <summary>As <see cref="CheckAsync(ZipArchive, Architecture, CancellationToken)"/>, where nobody knows which machine will install it: refused by each of its <paramref name="platforms"/>, or by this machine when it names none.</summary>
    public static async Task<Failure?> CheckAsync(ZipArchive archive, IReadOnlyList<string>? platforms, CancellationToken ct)
    {
        Architecture[] declared = [.. (platforms ?? []).Select(platform => Enum.TryParse<Architecture>(platform[(platform.LastIndexOf('-') + 1)..], ignoreCase: true, out var machine) ? machine : RuntimeInformation.ProcessArchitecture).Distinct()];
        Failure? refused = null;
        foreach (var machine in declared.Length > 0 ? declared : [RuntimeInformation.ProcessArchitecture])
        {
            if (await CheckAsync(archive, machine, ct).ConfigureAwait(false) is not { } other)
            {
                return null;
            }

            refused ??= other;
        }

        return refused;
    }

    /// <summary>The processor that a program file is for; null when it is for any, or no program.</summary>
    internal static Architecture? Machine(ReadOnlySpan<byte> head) =>
        head.StartsWith("MZ"u8) ? Portable(head)
        : OperatingSystem.IsLinux() && head.StartsWith("\u007fELF"u8) && head.Length > 20 ? BinaryPrimitives.ReadUInt16LittleEndian(head[18..]) switch { 0x3E => Architecture.X64, 0xB7 => Architecture.Arm64, 0x03 => Architecture.X86, 0x28 => Architecture.Arm, _ => null }
        : null;

    private static Architecture? Portable(ReadOnlySpan<byte> head)
    {
        if (head.Length < 0x40 || BinaryPrimitives.ReadInt32LittleEndian(head[0x3C..]) is not (> 0 and var at) || at > head.Length - 26 || !head[at..].StartsWith("PE\0\0"u8))
        {
            return null;
        }

        var machine = BinaryPrimitives.ReadUInt16LittleEndian(head[(at + 4)..]);
        foreach (var mask in SystemMasks)
        {
            switch ((Machine)(machine ^ mask))
            {
                case System.Reflection.PortableExecutable.Machine.Amd64:
                    return Architecture.X64;
                case System.Reflection.PortableExecutable.Machine.Arm64:
                    return Architecture.Arm64;
                case System.Reflection.PortableExecutable.Machine.Arm or System.Reflection.PortableExecutable.Machine.ArmThumb2:
                    return Architecture.Arm;
            }
        }

        // I386 is what "any processor" is written as.
        return null;
    }
}
