using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Sdk.Capabilities;

/// <summary>One file of a plugin's folder.</summary>
/// <param name="Name">Relative path with <c>/</c>, such as <c>models/2025.bin</c>.</param>
/// <param name="Size">Size in bytes.</param>
/// <param name="ChangedAt">When it was last written.</param>
public sealed record FolderFile(string Name, long Size, DateTimeOffset ChangedAt);

/// <summary>A folder of the plugin's own on this machine (<c>folder</c>), one for each organization, kept over updates. For what can be made again, such as a cache or a trained model: on another machine it is another folder.
/// A name has letters, digits, <c>-</c>, <c>_</c>, <c>.</c> and blanks, parts separated by <c>/</c>.</summary>
public sealed class FolderCapability
{
    private readonly ComponentContext _context;

    internal FolderCapability(ComponentContext context) => _context = context;

    /// <summary>Reads a file whole.</summary>
    public async ValueTask<Result<ReadOnlyMemory<byte>>> ReadAsync(string name, CancellationToken cancellationToken) =>
        (await AskAsync("read", new(name), default, cancellationToken).ConfigureAwait(false)).TryGet(out var read, out var failure) ? read.Content : failure;

    /// <summary>Reads a part of a file; fewer bytes, or none, at its end.</summary>
    /// <param name="name">Name of the file.</param>
    /// <param name="offset">First byte, from 0.</param>
    /// <param name="count">How many bytes at most.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    public async ValueTask<Result<ReadOnlyMemory<byte>>> ReadAsync(string name, long offset, int count, CancellationToken cancellationToken) =>
        (await AskAsync("read", new(name, offset, count), default, cancellationToken).ConfigureAwait(false)).TryGet(out var read, out var failure) ? read.Content : failure;

    /// <summary>Writes a file whole, in place of one of that name: readers see the old or the new content.</summary>
    public ValueTask<Result<FolderFile>> WriteAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => ChangeAsync("write", name, content, cancellationToken);

    /// <summary>Adds to the end of a file, which is made when there is none.</summary>
    public ValueTask<Result<FolderFile>> AppendAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => ChangeAsync("append", name, content, cancellationToken);

    /// <summary>Deletes a file.</summary>
    /// <returns>False when there was none.</returns>
    public async ValueTask<Result<bool>> DeleteAsync(string name, CancellationToken cancellationToken) =>
        (await AskAsync("delete", new(name), default, cancellationToken).ConfigureAwait(false)).TryGet(out var deleted, out var failure) ? deleted.Value.Files.Count > 0 : failure;

    /// <summary>Lists all files, by name.</summary>
    public async ValueTask<Result<IReadOnlyList<FolderFile>>> ListAsync(CancellationToken cancellationToken) =>
        (await AskAsync("list", new(), default, cancellationToken).ConfigureAwait(false)).TryGet(out var listed, out var failure) ? new Result<IReadOnlyList<FolderFile>>(listed.Value.Files) : failure;

    private async ValueTask<Result<FolderFile>> ChangeAsync(string operation, string name, ReadOnlyMemory<byte> content, CancellationToken ct) =>
        !(await AskAsync(operation, new(name), content, ct).ConfigureAwait(false)).TryGet(out var changed, out var failure) ? failure
        : changed.Value.Files is [var file] ? file
        : Refusals.CapabilityUnusable(CapabilityNames.Folder);

    private ValueTask<Result<(FolderValue Value, ReadOnlyMemory<byte> Content)>> AskAsync(string operation, FolderArguments arguments, ReadOnlyMemory<byte> content, CancellationToken ct) =>
        _context.RequestAsync(CapabilityNames.Folder, operation, arguments, CapabilityJson.Wire.FolderArguments, CapabilityJson.Wire.FolderValue, content, ct);
}
