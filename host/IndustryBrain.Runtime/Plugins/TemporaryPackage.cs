namespace IndustryBrain.Runtime.Plugins;

/// <summary>A file for a package on its way; it goes when it is closed.</summary>
internal static class TemporaryPackage
{
    public static FileStream Create() => new(Path.Combine(Path.GetTempPath(), $"ib-package-{Guid.NewGuid():N}"), new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.ReadWrite,
        Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
    });

    /// <summary>Copies a stream up to a limit.</summary>
    /// <returns>False when it is larger.</returns>
    public static async Task<bool> FillAsync(this FileStream package, Stream from, long limit, CancellationToken ct)
    {
        var buffer = new byte[81_920];
        int read;
        while ((read = await from.ReadAsync(buffer, ct)) > 0)
        {
            if (package.Length + read > limit)
                return false;
            await package.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        await package.FlushAsync(ct);
        package.Position = 0;
        return true;
    }
}
