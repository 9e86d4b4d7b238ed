using IndustryBrain.Sdk;

namespace IndustryBrain.Web.Forms;

/// <summary>What is wrong with one field.</summary>
/// <param name="Path">The field, as System.Text.Json writes paths: <c>series</c>, <c>activity[2].quantity</c>.</param>
/// <param name="Message">One sentence: what, and what to write instead.</param>
public sealed record FieldError(string Path, LocalizedText Message);
