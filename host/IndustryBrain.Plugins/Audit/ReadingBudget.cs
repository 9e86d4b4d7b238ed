using System.Reflection.Metadata;
using System.Text;

namespace IndustryBrain.Plugins.Audit;

/// <summary>Bounds what reading one image may cost. A name, a signature or a body stands there once, and any number of rows may refer to it: who reads it for each of them reads without end.</summary>
/// <param name="imageBytes">Size of the image: an honest one is read a few times over.</param>
internal sealed unsafe class ReadingBudget(long imageBytes) : MetadataStringDecoder(Encoding.UTF8)
{
    private const long Spare = 32 << 20;
    private const int Rounds = 4;

    // The runtime loads no type of a longer name.
    private const int MaxName = 1_023;
    private long _left = Spare + (Rounds * imageBytes);

    /// <summary>True when nothing more is read.</summary>
    public bool IsSpent => _left < 0;

    /// <summary>Takes what was read, or is about to be.</summary>
    /// <exception cref="BadImageFormatException">It was too much.</exception>
    public void Spend(long bytes)
    {
        _left -= bytes;
        if (_left < 0)
        {
            throw new BadImageFormatException();
        }
    }

    /// <inheritdoc />
    public override string GetString(byte* bytes, int byteCount)
    {
        if (byteCount > MaxName)
        {
            throw new BadImageFormatException();
        }

        Spend(byteCount);
        return base.GetString(bytes, byteCount);
    }
}
