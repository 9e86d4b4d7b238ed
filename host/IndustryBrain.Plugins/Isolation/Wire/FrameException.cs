namespace IndustryBrain.Plugins.Isolation.Wire;

/// <summary>What was received is no frame.</summary>
/// <param name="message">Why not.</param>
/// <param name="isTooLarge">True when it announces more bytes than allowed.</param>
internal sealed class FrameException(string message, bool isTooLarge = false) : Exception(OneLine.Of(message))
{
    public bool IsTooLarge { get; } = isTooLarge;

    /// <summary>True when nothing is wrong with it, but with what there is room for.</summary>
    public bool IsWithoutRoom { get; init; }
}
