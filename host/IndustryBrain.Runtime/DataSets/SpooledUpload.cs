using System.Security.Cryptography;
using IndustryBrain.Runtime.DataSets.Files;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.DataSets;

/// <summary>An uploaded file on disk while it is read, which takes two passes; it goes when this is disposed of, or with the process.</summary>
internal sealed class SpooledUpload : IAsyncDisposable
{
    private const string NoName = "upload";
    private const int LongestName = 200;
    private readonly FileStream _content;

    private SpooledUpload(FileStream content, string name, string? sheet, DataSetOptions options) => (_content, Name, Rows) = (content, name, new(name, content, sheet, options));

    /// <summary>Name of the file.</summary>
    public string Name { get; }

    /// <summary>Its rows.</summary>
    public RowFile Rows { get; }

    /// <summary>SHA-256 of its content, lower-case hexadecimal.</summary>
    public string Sha256 { get; private set; } = "";

    /// <summary>Why it cannot be taken; null when it can.</summary>
    public Failure? Failure { get; private set; }

    public static async Task<SpooledUpload> TakeAsync(DataSetFile file, DataSetOptions options, CancellationToken ct)
    {
        var given = Storable.Composed(file.Name[(file.Name.LastIndexOfAny(['/', '\\']) + 1)..]);
        var name = given.Length is > 0 and <= LongestName && Storable.Fits(given) && !given.Any(char.IsControl) ? given : NoName;
        var spool = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows())
            spool.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var content = new FileStream(Path.Combine(Path.GetTempPath(), $"ib-data-{Guid.NewGuid():n}"), spool);
        var upload = new SpooledUpload(content, name, file.Sheet, options);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[81_920];
            for (int read; (read = await file.Content.ReadAsync(buffer, ct)) > 0;)
            {
                if (content.Position + read > options.MaxFileBytes)
                {
                    upload.Failure = DataSetFailures.TooLarge(name, options.MaxFileBytes);
                    return upload;
                }

                hash.AppendData(buffer, 0, read);
                await content.WriteAsync(buffer.AsMemory(0, read), ct);
            }

            upload.Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
            if (content.Length == 0)
                upload.Failure = DataSetFailures.NoRows(name);
            return upload;
        }
        catch
        {
            await upload.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _content.DisposeAsync();
}
