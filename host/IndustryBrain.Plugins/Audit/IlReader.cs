using System.Reflection.Metadata;

namespace IndustryBrain.Plugins.Audit;

/// <summary>Walks the instructions of a method body, one after another.</summary>
internal ref struct IlReader(BlobReader code)
{
    public const int Jmp = 0x27;
    public const int Calli = 0x29;
    public const int Ldstr = 0x72;
    public const int Ldtoken = 0xD0;
    public const int Localloc = 0xFE0F;
    public const int Cpblk = 0xFE17;
    public const int Initblk = 0xFE18;
    private const int Prefix = 0xFE;
    private const int Switch = 0x45;
    private const sbyte Invalid = -1;
    private const int IsToken = 5;
    private static readonly sbyte[] Short = Operands(
        (0x00, 0x0D, 0), (0x0E, 0x13, 1), (0x14, 0x1E, 0), (0x1F, 0x1F, 1), (0x20, 0x20, 4), (0x21, 0x21, 8), (0x22, 0x22, 4), (0x23, 0x23, 8), (0x25, 0x26, 0), (0x27, 0x29, IsToken), (0x2A, 0x2A, 0),
        (0x2B, 0x37, 1), (0x38, 0x45, 4), (0x46, 0x6E, 0), (0x6F, 0x75, IsToken), (0x76, 0x76, 0), (0x79, 0x79, IsToken), (0x7A, 0x7A, 0), (0x7B, 0x81, IsToken), (0x82, 0x8B, 0), (0x8C, 0x8D, IsToken), (0x8E, 0x8E, 0),
        (0x8F, 0x8F, IsToken), (0x90, 0xA2, 0), (0xA3, 0xA5, IsToken), (0xB3, 0xBA, 0), (0xC2, 0xC2, IsToken), (0xC3, 0xC3, 0), (0xC6, 0xC6, IsToken), (0xD0, 0xD0, IsToken), (0xD1, 0xDC, 0), (0xDD, 0xDD, 4), (0xDE, 0xDE, 1), (0xDF, 0xE0, 0));

    private static readonly sbyte[] Long = Operands(
        (0x00, 0x05, 0), (0x06, 0x07, IsToken), (0x09, 0x0E, 2), (0x0F, 0x0F, 0), (0x11, 0x11, 0), (0x12, 0x12, 1), (0x13, 0x14, 0), (0x15, 0x16, IsToken), (0x17, 0x18, 0), (0x19, 0x19, 1), (0x1A, 0x1A, 0), (0x1C, 0x1C, IsToken), (0x1D, 0x1E, 0));

    private BlobReader _code = code;

    /// <summary>Where the instruction begins, in bytes.</summary>
    public int Offset { get; private set; }

    /// <summary>The instruction; two-byte ones are <c>0xFE..</c>.</summary>
    public int Code { get; private set; }

    /// <summary>Its metadata token; 0 when it has none.</summary>
    public int Token { get; private set; }

    /// <summary>Goes to the next instruction; false at the end.</summary>
    /// <exception cref="BadImageFormatException">There is no such instruction.</exception>
    public bool Next()
    {
        if (_code.RemainingBytes == 0)
        {
            return false;
        }

        Offset = _code.Offset;
        Code = _code.ReadByte();
        var operand = Short[Code];
        if (Code == Prefix)
        {
            var second = _code.ReadByte();
            operand = Long[second];
            Code = (Prefix << 8) | second;
        }

        Token = 0;
        switch (operand)
        {
            case Invalid:
                throw new BadImageFormatException();
            case IsToken:
                Token = _code.ReadInt32();
                break;
            default:
                _code.Offset += operand;
                break;
        }

        if (Code == Switch)
        {
            // Its operand is the number of targets that follow.
            _code.Offset -= sizeof(int);
            var targets = _code.ReadUInt32();
            if (targets > _code.RemainingBytes / sizeof(int))
            {
                throw new BadImageFormatException();
            }

            _code.Offset += (int)targets * sizeof(int);
        }

        return true;
    }

    private static sbyte[] Operands(params (int First, int Last, int Size)[] ranges)
    {
        var sizes = new sbyte[256];
        Array.Fill(sizes, Invalid);
        foreach (var (first, last, size) in ranges)
        {
            Array.Fill(sizes, (sbyte)size, first, last - first + 1);
        }

        return sizes;
    }
}
