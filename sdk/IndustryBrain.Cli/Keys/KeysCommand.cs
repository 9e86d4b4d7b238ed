using System.CommandLine;
using IndustryBrain.Plugins.Trust;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Keys;

/// <summary><c>brain keys</c>: the keys that packages are signed with.</summary>
internal static class KeysCommand
{
    public static Command Create() => new("keys", "管理签名密钥。Keys that packages are signed with.") { New(), List(), Export(), Rotate(), Revoke() };

    /// <summary>The option that names the folder of keys.</summary>
    public static Option<string> FolderOption() =>
        new("--keys") { Description = "密钥文件夹。Folder of the keys.", DefaultValueFactory = _ => KeyFolder.Default };

    private static Argument<string> NameArgument() => new("name") { Description = "密钥的名称。Name of the key." };

    private static Option<string> OutputOption() =>
        new("--output", "-o") { Description = "放置声明文件的文件夹。Folder for the statement.", DefaultValueFactory = _ => "." };

    private static Command New()
    {
        var (name, folder) = (NameArgument(), FolderOption());
        var command = new Command("new", $"生成密钥；设置 {KeyFolder.PasswordVariable} 则加密。Makes a key; encrypted when {KeyFolder.PasswordVariable} is set.") { name, folder };
        command.SetAction(parsed => KeyFiles.Try(parsed.GetRequiredValue(folder), () =>
        {
            var keys = new KeyFolder(parsed.GetRequiredValue(folder));
            if (!keys.Create(parsed.GetRequiredValue(name)).TryGet(out var key, out var failure))
            {
                return Complaint.Write(failure);
            }

            using (key)
            {
                Console.Out.WriteLine($"{key.Public.Id} {keys.PublicPath(parsed.GetRequiredValue(name))}");
            }

            return ExitCode.Success;
        }));
        return command;
    }

    private static Command List()
    {
        var folder = FolderOption();
        var command = new Command("list", "列出密钥。Lists the keys.") { folder };
        command.SetAction(parsed => KeyFiles.Try(parsed.GetRequiredValue(folder), () =>
        {
            var keys = new KeyFolder(parsed.GetRequiredValue(folder));
            foreach (var (name, key) in keys.List())
            {
                Console.Out.WriteLine($"{key.Id} {name}{(keys.IsRevoked(name) ? new LocalizedText("  已吊销", "  revoked").ToString() : "")}");
            }

            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Export()
    {
        var (name, folder) = (NameArgument(), FolderOption());
        var command = new Command("export", "输出公钥（PEM），供他人登记。Prints the public key (PEM), for others to trust.") { name, folder };
        command.SetAction(parsed => KeyFiles.Try(parsed.GetRequiredValue(folder), () =>
        {
            if (!new KeyFolder(parsed.GetRequiredValue(folder)).Read(parsed.GetRequiredValue(name)).TryGet(out var key, out var failure))
            {
                return Complaint.Write(failure);
            }

            using (key)
            {
                Console.Out.Write(key.Public.Pem);
            }

            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Rotate()
    {
        var (name, folder, output) = (NameArgument(), FolderOption(), OutputOption());
        var command = new Command("rotate", "更换密钥：旧密钥为新密钥签名。Makes a new key, for which the old one signs.") { name, folder, output };
        command.SetAction(parsed => KeyFiles.Try(parsed.GetRequiredValue(folder), () =>
        {
            if (!new KeyFolder(parsed.GetRequiredValue(folder)).Rotate(parsed.GetRequiredValue(name)).TryGet(out var rotated, out var failure))
            {
                return Complaint.Write(failure);
            }

            using (rotated.Old)
            using (rotated.New)
            {
                var statement = KeyStatements.Succeed(rotated.Old, rotated.New.Public, TimeProvider.System);
                Console.Out.WriteLine($"{rotated.New.Public.Id} {KeyFiles.Write(parsed.GetRequiredValue(output), $"{rotated.Old.Public.Id[..8]}-{rotated.New.Public.Id[..8]}.json", statement)}");
            }

            return ExitCode.Success;
        }));
        return command;
    }

    private static Command Revoke()
    {
        var (name, folder, output) = (NameArgument(), FolderOption(), OutputOption());
        var reason = new Option<RevocationReason>("--reason") { Description = "compromised（已泄露）、superseded（已更换）、ceased（已停用）。Why.", Required = true };
        var at = new Option<DateTimeOffset?>("--at") { Description = "生效时间，默认现在。From when on; now by default." };
        var keyId = new Option<string?>("--key-id") { Description = "市场吊销他人密钥时的密钥编号。Id of another's key, which a marketplace revokes." };
        var command = new Command("revoke", "吊销密钥。Revokes a key.") { name, folder, output, reason, at, keyId };
        command.SetAction(parsed => KeyFiles.Try(parsed.GetRequiredValue(folder), () =>
        {
            var keys = new KeyFolder(parsed.GetRequiredValue(folder));
            if (!keys.Read(parsed.GetRequiredValue(name)).TryGet(out var key, out var failure))
            {
                return Complaint.Write(failure);
            }

            using (key)
            {
                var revoked = parsed.GetValue(keyId) ?? key.Public.Id;
                var revocation = new Revocation(revoked, parsed.GetRequiredValue(reason), parsed.GetValue(at) ?? TimeProvider.System.GetUtcNow());
                var statement = KeyStatements.Revoke(revocation, key);
                Console.Out.WriteLine($"{revoked} {KeyFiles.Write(parsed.GetRequiredValue(output), $"{KeyFiles.Safe(revoked)}.json", statement)}");

                // Until a later time it may sign.
                if (revoked == key.Public.Id && revocation.EffectiveAt <= TimeProvider.System.GetUtcNow())
                {
                    keys.Revoke(parsed.GetRequiredValue(name), statement);
                }
            }

            return ExitCode.Success;
        }));
        return command;
    }
}
