using IndustryBrain.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace IndustryBrain.Host.Startup;

/// <summary>What the host itself keeps in the data folder: unpacked plugins and the keys that protect what pages send back.</summary>
internal static class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The data folder: <c>--data</c>, else <c>Data:Folder</c>, else the user's application data.</summary>
    internal static string Of(IConfiguration configuration)
    {
        var given = configuration["data"] is { Length: > 0 } option ? option : configuration[$"{StorageOptions.Section}:{nameof(StorageOptions.Folder)}"];
        return Path.GetFullPath(string.IsNullOrWhiteSpace(given)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "IndustryBrain")
            : given);
    }

    internal static void AddKeys(this IServiceCollection services, string dataFolder)
    {
        var folder = Path.Combine(dataFolder, "keys");
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, OwnerOnly);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostStartException(HostFailures.KeysNotWritable(dataFolder), e);
        }

        services.AddDataProtection().SetApplicationName("IndustryBrain").PersistKeysToFileSystem(new DirectoryInfo(folder));
    }
}
