using IndustryBrain.Sdk;

namespace IndustryBrain.Web.Forms;

/// <summary>A file that a person chose and the host has to store.</summary>
/// <param name="Name">Its name on the person's machine: never a path to trust.</param>
/// <param name="Size">Size in bytes as the browser says it.</param>
/// <param name="Content">The bytes; may be read once. Reading them moves the progress of the form.</param>
public sealed record FileSelection(string Name, long Size, Stream Content);

/// <summary>A file the host has stored.</summary>
/// <param name="Id">What stands as <c>{"file": id}</c> in the input.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Size">Size in bytes.</param>
public sealed record UploadedFile(string Id, string Name, long Size);

/// <summary>Stores a chosen file for a form.</summary>
public delegate Task<Result<UploadedFile>> FileUploader(FileSelection file, CancellationToken cancellationToken);
