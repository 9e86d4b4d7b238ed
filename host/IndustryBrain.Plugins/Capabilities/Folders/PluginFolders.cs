using System.Collections.Concurrent;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Capabilities.Folders;

/// <summary>A folder of its own for each plugin and organization, with a quota.</summary>
internal sealed class PluginFolders(CapabilityOptions options) : Capability
{
    private const int MaxReadBytes = 16 << 20;
    private const int MaxListed = 10_000;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _changing = new(StringComparer.Ordinal);

    public override string Name => CapabilityNames.Folder;

    public override async ValueTask<Result<CapabilityAnswer>> RequestAsync(CapabilityCall call, CancellationToken ct)
    {
        if (Arguments(call, CapabilityJson.Wire.FolderArguments) is not { } arguments)
        {
            return BadArguments(call);
        }

        if (call.Permissions.Demand(Name) is { } refused)
        {
            return refused;
        }

        if (options.Folder.Length == 0)
        {
            return CapabilityFailures.StoreNotUsable(Name);
        }

        var folder = Path.Combine(options.Folder, "folders", PrivateFolder.NameOf(call.Organization), PrivateFolder.NameOf(call.PluginId.ToLowerInvariant()));
        call.Target = arguments.Name is { Length: <= FolderFileName.MaxLength } name ? name : null;
        try
        {
            return call.Request.Operation switch
            {
                "list" => Answered(Files(folder).Take(MaxListed)),
                "read" or "write" or "append" or "delete" when !FolderFileName.IsValid(arguments.Name) => CapabilityFailures.RequestInvalid("name", FolderFileName.Rule),
                "read" => await ReadAsync(folder, arguments, ct).ConfigureAwait(false),
                "write" or "append" or "delete" => await ChangeAsync(call, folder, arguments.Name!, ct).ConfigureAwait(false),
                _ => CapabilityFailures.UnknownOperation(Name, call.Request.Operation),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return CapabilityFailures.StoreNotUsable(arguments.Name ?? Name);
        }
    }

    private static async Task<Result<CapabilityAnswer>> ReadAsync(string folder, FolderArguments arguments, CancellationToken ct)
    {
        var file = new FileInfo(PathOf(folder, arguments.Name!));
        if (!file.Exists || IsLink(file))
        {
            return CapabilityFailures.FileNotThere(arguments.Name!);
        }

        await using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous);
        var start = Math.Clamp(arguments.Offset ?? 0, 0, stream.Length);
        var wanted = Math.Min(stream.Length - start, arguments.Count is { } count ? Math.Max(count, 0) : long.MaxValue);
        if (wanted > MaxReadBytes)
        {
            return CapabilityFailures.TooLarge(arguments.Name!, MaxReadBytes);
        }

        stream.Position = start;
        var content = new byte[wanted];
        var read = await stream.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, ct).ConfigureAwait(false);
        return Answer(new FolderValue([Describe(folder, file)]), CapabilityJson.Wire.FolderValue, content.AsMemory(0, read));
    }

    private async Task<Result<CapabilityAnswer>> ChangeAsync(CapabilityCall call, string folder, string name, CancellationToken ct)
    {
        // One change at a time: the quota is counted from what is there.
        var gate = _changing.GetOrAdd(folder, _ => new(1, 1));
        await gate.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            var file = new FileInfo(PathOf(folder, name));
            if (call.Request.Operation == "delete")
            {
                var found = file.Exists ? [Describe(folder, file)] : Array.Empty<FolderFile>();
                file.Delete();
                RemoveEmpty(file.Directory, folder);
                return Answered(found);
            }

            // A part of the path that is a file, or a file that is a folder.
            if (Directory.Exists(file.FullName) || IsLink(file))
            {
                return CapabilityFailures.FileNotThere(name);
            }

            var isAppended = call.Request.Operation == "append";
            var there = Files(folder).ToList();
            var quota = call.Permissions.MaxBytes(Name, options.FolderBytes);
            var total = there.Sum(f => f.Size) + call.Request.Content.Length - (file.Exists && !isAppended ? file.Length : 0);
            if (total > quota || there.Count + (file.Exists ? 0 : 1) > options.FolderFiles)
            {
                return CapabilityFailures.QuotaExceeded(call.PluginId, quota, options.FolderFiles);
            }

            PrivateFolder.Create(file.DirectoryName!);
            if (isAppended && file.Exists)
            {
                await using var stream = new FileStream(file.FullName, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
                await stream.WriteAsync(call.Request.Content, ct).ConfigureAwait(false);
            }
            else
            {
                await PrivateFolder.WriteAsync(file.FullName, call.Request.Content, ct).ConfigureAwait(false);
            }

            file.Refresh();
            return Answered([Describe(folder, file)]);
        }
        finally
        {
            gate.Release();
        }
    }

    // Files have a limit, so that folders have one as long as each holds one.
    private static void RemoveEmpty(DirectoryInfo? within, string folder)
    {
        var root = Path.GetFullPath(folder);
        while (within is { Exists: true } && within.FullName.Length > root.Length && !within.EnumerateFileSystemInfos().Any())
        {
            within.Delete();
            within = within.Parent;
        }
    }

    private static Result<CapabilityAnswer> Answered(IEnumerable<FolderFile> files) => Answer(new FolderValue([.. files]), CapabilityJson.Wire.FolderValue);

    private static IEnumerable<FolderFile> Files(string folder) => !Directory.Exists(folder) ? [] :
        new DirectoryInfo(folder).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false })
            .Where(f => !f.Name.Contains(PrivateFolder.Beside)).Select(f => Describe(folder, f)).OrderBy(f => f.Name, StringComparer.Ordinal);

    private static FolderFile Describe(string folder, FileInfo file) =>
        new(Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'), file.Length, new(file.LastWriteTimeUtc, TimeSpan.Zero));

    private static bool IsLink(FileInfo file) => file.LinkTarget is not null;

    private static string PathOf(string folder, string name) => Path.GetFullPath(Path.Combine([folder, .. name.Split('/')]));
}
