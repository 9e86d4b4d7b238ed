using System.Runtime.InteropServices;

namespace IndustryBrain.Plugins.Jail;

/// <summary>The program that takes this process over. Its strings are laid out before the filter is set, because the filter names the address of the path.</summary>
internal sealed class ProgramImage : IDisposable
{
    private readonly nint[] _texts;
    private readonly nint _arguments;

    public ProgramImage(IReadOnlyList<string> command)
    {
        _texts = [.. command.Select(Marshal.StringToCoTaskMemUTF8)];
        _arguments = Marshal.AllocCoTaskMem((_texts.Length + 1) * nint.Size);
        Marshal.Copy(_texts, 0, _arguments, _texts.Length);
        Marshal.WriteIntPtr(_arguments, _texts.Length * nint.Size, 0);
    }

    public nint PathAddress => _texts[0];

    /// <summary>Does not return but with the error that kept it from beginning.</summary>
    public int Execute()
    {
        _ = Native.Execute(PathAddress, _arguments);
        return Marshal.GetLastPInvokeError();
    }

    public void Dispose()
    {
        foreach (var text in _texts)
        {
            Marshal.FreeCoTaskMem(text);
        }

        Marshal.FreeCoTaskMem(_arguments);
    }
}
