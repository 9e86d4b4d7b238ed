using System.ComponentModel;
using System.Net.Sockets;
using System.Security;
using IndustryBrain.Plugins.Isolation.Wire;

namespace IndustryBrain.Plugins.Worker;

/// <summary>What the host is told about an exception: a reason, and the details for its log.</summary>
internal static class ThrownFailure
{
    private const int MaxDetailsLength = 8_000;
    private const int NotPermitted = 1;
    private const int AccessDenied = 13;
    private const int TooManyFiles = 24;

    public static FrameHeader Describe(Exception thrown, long call, FailureReason otherwise)
    {
        var (details, reason) = (DetailsOf(thrown, out var missing), ReasonOf(thrown));
        return new(FrameKind.Failure) { Id = call, Reason = reason ?? missing ?? otherwise, Details = details.Length > MaxDetailsLength ? details[..MaxDetailsLength] : details };
    }

    // An exception of a stranger's is foreign code too.
    private static string DetailsOf(Exception thrown, out FailureReason? missing)
    {
        missing = null;
        try
        {
            return thrown.ToString();
        }
#pragma warning disable CA1031 // As above: whatever it throws, what it was thrown for is told.
        catch (Exception e)
#pragma warning restore CA1031
        {
            missing = IsOutOfMemory(e) ? FailureReason.Memory : null;
            return thrown.GetType().FullName ?? "";
        }
    }

    /// <summary>True when memory was missing.</summary>
    public static bool IsOutOfMemory(Exception thrown) => ReasonOf(thrown) == FailureReason.Memory;

    private static FailureReason? ReasonOf(Exception thrown)
    {
        for (var e = thrown; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case OutOfMemoryException:
                    return FailureReason.Memory;
                case IOException { HResult: TooManyFiles } when !OperatingSystem.IsWindows():
                    return FailureReason.Files;
                case UnauthorizedAccessException or SecurityException:
                case SocketException { SocketErrorCode: SocketError.AccessDenied }:
                case Win32Exception { NativeErrorCode: NotPermitted or AccessDenied }:
                    return FailureReason.Denied;
            }
        }

        return null;
    }
}
