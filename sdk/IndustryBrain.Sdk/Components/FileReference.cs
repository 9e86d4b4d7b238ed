namespace IndustryBrain.Sdk.Components;

/// <summary>A file that the host keeps. Its schema is an object with <c>format: file</c>; its content is opened through <see cref="ComponentContext.OpenFileAsync"/>.</summary>
/// <param name="File">The id that the host gave the file.</param>
/// <param name="Name">File name with extension, when known.</param>
public sealed record FileReference(string File, string? Name = null);
