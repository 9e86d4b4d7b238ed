using IndustryBrain.Scenarios.Values;

namespace IndustryBrain.Scenarios.Definitions.Model;

/// <summary>An input of a built-in activity.</summary>
/// <param name="Name">Its name in the document.</param>
/// <param name="Type">What its value is converted to.</param>
/// <param name="Default">Its value when the document does not give the input at all.</param>
/// <param name="NullIsDefault">True when an explicit null means the default as well.</param>
internal sealed record InputDescriptor(string Name, TypeRef Type, object? Default = null, bool NullIsDefault = false);
