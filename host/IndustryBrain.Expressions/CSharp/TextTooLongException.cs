using System.ComponentModel;

namespace IndustryBrain.Expressions.CSharp;

/// <summary>A text became too long.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TextTooLongException() : Exception("A text is too long.");
