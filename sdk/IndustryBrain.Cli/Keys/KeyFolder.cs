using IndustryBrain.Plugins.Trust;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Keys;

/// <summary>The folder of a person's signing keys: <c>NAME.key.pem</c>, for its owner alone, and <c>NAME.pub.pem</c>.</summary>
internal sealed class KeyFolder(string folder)
{
    /// <summary>Environment variable with the password that keys are encrypted with; without it they are kept plain.</summary>
    public const string PasswordVariable = "IB_KEY_PASSWORD";

    private const string PrivateSuffix = ".key.pem";

    /// <summary>Below the user's settings.</summary>
    public static string Default => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "IndustryBrain", "keys");

    private static string? Password => Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } password ? password : null;

    public string PublicPath(string name) => Path.Combine(folder, name + ".pub.pem");

    public IReadOnlyList<(string Name, PublicKey Key)> List() => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, "*.pub.pem").Order(StringComparer.Ordinal)
            .Select(path => (Path.GetFileName(path)[..^".pub.pem".Length], PublicKey.FromPem(File.ReadAllText(path))))
            .Where(key => key.Item2 is not null).Select(key => (key.Item1, key.Item2!))]
        : [];

    /// <summary>The key of a name; IB7217 when there is none.</summary>
    public Result<SigningKey> Read(string name)
    {
        if (!File.Exists(PrivatePath(name)))
        {
            return CliFailures.KeyMissing(name, folder);
        }

        return SigningKey.Read(PrivatePath(name), Password).TryGet(out var key, out var failure) ? key
            : failure with { Action = failure.Action ?? new($"加密的密钥：请在环境变量 {PasswordVariable} 中给出它的口令。", $"Of a key that is encrypted, give the password in the environment variable {PasswordVariable}.") };
    }

    /// <summary>True when a key has revoked itself.</summary>
    public bool IsRevoked(string name) => File.Exists(RevokedPath(name));

    /// <summary>Keeps the statement by which a key revoked itself beside it, so that nothing more is signed with it.</summary>
    public void Revoke(string name, byte[] statement) => File.WriteAllBytes(RevokedPath(name), statement);

    /// <summary>IB7219 when a key has revoked itself, or a trust folder says that it is revoked.</summary>
    public Failure? Refuses(string name, PublicKey key, TrustStore trust, string trustFolder) =>
        File.Exists(RevokedPath(name)) ? CliFailures.KeyRevoked(name, RevokedPath(name))
        : trust.RevocationOf(key.Id) is not null ? CliFailures.KeyRevoked(name, trustFolder)
        : null;

    public Result<SigningKey> Create(string name)
    {
        if (name.Length is 0 or > 60 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            return CliFailures.KeyName(name);
        }

        MakeFolder();
        var key = SigningKey.Create();
        if (key.Write(PrivatePath(name), Password) is { } failure)
        {
            key.Dispose();
            return failure;
        }

        File.WriteAllText(PublicPath(name), key.Public.Pem);
        return key;
    }

    /// <summary>Puts a new key in the place of an old one, which stays beside it under its id.</summary>
    public Result<(SigningKey Old, SigningKey New)> Rotate(string name)
    {
        if (!Read(name).TryGet(out var old, out var failure))
        {
            return failure;
        }

        var kept = $"{name}.{old.Public.Id[..8]}";
        File.Move(PrivatePath(name), PrivatePath(kept));
        File.Move(PublicPath(name), PublicPath(kept), overwrite: true);
        if (File.Exists(RevokedPath(name)))
        {
            File.Move(RevokedPath(name), RevokedPath(kept), overwrite: true);
        }

        if (Create(name).TryGet(out var created, out var refused))
        {
            return (old, created);
        }

        File.Move(PrivatePath(kept), PrivatePath(name));
        old.Dispose();
        return refused;
    }

    private string PrivatePath(string name) => Path.Combine(folder, name + PrivateSuffix);

    private string RevokedPath(string name) => Path.Combine(folder, name + ".revoked.json");

    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
