using System.Reflection.Metadata;

namespace IndustryBrain.Plugins.Audit;

/// <summary>What the audit wants to know of a signature. Read without recursion into what an attacker may nest without end.</summary>
/// <param name="Parameters">Number of parameters.</param>
/// <param name="FirstIsString">True when the first parameter is a string.</param>
/// <param name="HasPointers">True when a pointer, to data or to a function, occurs anywhere in it.</param>
internal readonly record struct SignatureShape(int Parameters, bool FirstIsString, bool HasPointers)
{
    private const int MaxDepth = 64;
    private const byte String = 0x0E;

    /// <summary>The signature of a method, a property, a local or a field.</summary>
    /// <exception cref="BadImageFormatException">It is not valid, or nests too deep.</exception>
    public static SignatureShape Read(BlobReader blob)
    {
        var pointers = false;
        var header = blob.ReadSignatureHeader();
        switch (header.Kind)
        {
            case SignatureKind.Field:
                Skip(ref blob, ref pointers, 0);
                return new(0, false, pointers);
            case SignatureKind.LocalVariables:
                for (var locals = blob.ReadCompressedInteger(); locals > 0; locals--)
                {
                    Skip(ref blob, ref pointers, 0);
                }

                return new(0, false, pointers);
            case SignatureKind.Method or SignatureKind.Property:
                return ReadMethod(ref blob, header, ref pointers, 0);
            default:
                throw new BadImageFormatException();
        }
    }

    private static SignatureShape ReadMethod(ref BlobReader blob, SignatureHeader header, ref bool pointers, int depth)
    {
        if (header.IsGeneric)
        {
            blob.ReadCompressedInteger();
        }

        var parameters = blob.ReadCompressedInteger();
        Skip(ref blob, ref pointers, depth);
        var isText = false;
        for (var i = 0; i < parameters; i++)
        {
            var at = blob.Offset;
            isText |= i == 0 && blob.ReadByte() == String;
            blob.Offset = at;
            Skip(ref blob, ref pointers, depth);
        }

        return new(parameters, isText, pointers);
    }

    private static void Skip(ref BlobReader blob, ref bool pointers, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new BadImageFormatException();
        }

        while (true)
        {
            switch (blob.ReadByte())
            {
                // Elements in front of another type: pointer, reference, array, sentinel, pinned.
                case 0x0F:
                    pointers = true;
                    continue;
                case 0x10 or 0x1D or 0x41 or 0x45:
                    continue;
                case 0x1F or 0x20:
                    blob.ReadCompressedInteger();
                    continue;
                case 0x11 or 0x12 or 0x13 or 0x1E:
                    blob.ReadCompressedInteger();
                    return;
                case 0x14:
                    Skip(ref blob, ref pointers, depth + 1);
                    blob.ReadCompressedInteger();
                    for (var part = 0; part < 2; part++)
                    {
                        for (var count = blob.ReadCompressedInteger(); count > 0; count--)
                        {
                            blob.ReadCompressedInteger();
                        }
                    }

                    return;
                case 0x15:
                    blob.ReadByte();
                    blob.ReadCompressedInteger();
                    for (var arguments = blob.ReadCompressedInteger(); arguments > 0; arguments--)
                    {
                        Skip(ref blob, ref pointers, depth + 1);
                    }

                    return;
                case 0x1B:
                    pointers = true;
                    ReadMethod(ref blob, blob.ReadSignatureHeader(), ref pointers, depth + 1);
                    return;
                case (>= 0x01 and <= 0x0E) or 0x16 or 0x18 or 0x19 or 0x1C:
                    return;
                default:
                    throw new BadImageFormatException();
            }
        }
    }
}
