using Microsoft.Win32.SafeHandles;

namespace IndustryBrain.Plugins.Worker;

/// <summary>The two descriptors that the host connected as standard input and output.</summary>
internal static class StandardPipes
{
    private const int CloseOnExec = 0x80000;

    /// <summary>Takes them for the frames. What a plugin then writes to its console goes to standard error, of which the host keeps the last lines; what it reads there is empty.</summary>
    public static (Stream Input, Stream Output) Take()
    {
        if (OperatingSystem.IsWindows())
        {
            var streams = (Console.OpenStandardInput(), Console.OpenStandardOutput());
            Console.SetIn(TextReader.Null);
            Console.SetOut(Console.Error);
            return streams;
        }

        var (input, output) = (Native.Duplicate(0), Native.Duplicate(1));
        var nothing = Native.Open("/dev/null", CloseOnExec);
        if (input < 0 || output < 0 || nothing < 0 || Native.Replace(nothing, 0) < 0 || Native.Replace(2, 1) < 0)
        {
            throw new IOException("The standard descriptors cannot be taken.");
        }

        return (Open(input, FileAccess.Read), Open(output, FileAccess.Write));
    }

    // Unbuffered: a frame leaves with one write.
    private static FileStream Open(int descriptor, FileAccess access) => new(new SafeFileHandle(descriptor, ownsHandle: true), access, bufferSize: 0);
}
