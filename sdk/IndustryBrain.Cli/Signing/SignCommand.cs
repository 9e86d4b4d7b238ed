using System.CommandLine;
using IndustryBrain.Cli.Keys;
using IndustryBrain.Plugins.Trust;

namespace IndustryBrain.Cli.Signing;

/// <summary><c>brain sign</c>: adds a signature to a package.</summary>
internal static class SignCommand
{
    public static Command Create()
    {
        var package = new Argument<string>("package") { Description = "要签名的 .nupkg。The .nupkg to sign." };
        var key = new Option<string>("--key", "-k") { Description = "密钥的名称。Name of the key.", Required = true };
        var role = new Option<SignatureRole>("--role") { Description = "vendor（供应商）或 marketplace（市场会签）。As whom.", DefaultValueFactory = _ => SignatureRole.Vendor };
        var output = new Option<string?>("--output", "-o") { Description = "写到另一文件；默认替换原文件。Another file; by default the package is replaced." };
        var keys = KeysCommand.FolderOption();
        var trust = TrustFolder.Option();
        var command = new Command("sign", "为插件包签名。Signs a package.") { package, key, role, output, keys, trust };
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetRequiredValue(package);
            var (folder, name) = (new KeyFolder(parsed.GetRequiredValue(keys)), parsed.GetRequiredValue(key));
            if (!folder.Read(name).TryGet(out var signingKey, out var failure))
            {
                return Complaint.Write(failure);
            }

            using (signingKey)
            {
                if (!TrustStore.Read(parsed.GetRequiredValue(trust)).TryGet(out var store, out failure))
                {
                    return Complaint.Write(failure);
                }

                if (folder.Refuses(name, signingKey.Public, store, parsed.GetRequiredValue(trust)) is { } revoked)
                {
                    return Complaint.Write(revoked);
                }

                return await SignAsync(path, parsed.GetValue(output) ?? path, signingKey, parsed.GetRequiredValue(role), ct);
            }
        });
        return command;
    }

    private static async Task<int> SignAsync(string path, string target, SigningKey key, SignatureRole role, CancellationToken ct)
    {
        FileStream package;
        try
        {
            package = File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Complaint.Write(Directory.Exists(path) ? CliFailures.FileExpected(path) : CliFailures.FileNotReadable(path));
        }

        var unfinished = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            await using (package)
            {
                await using var signed = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write);
                if (await PackageSigning.SignAsync(package, key, role, TimeProvider.System, signed, ct) is { } refused)
                {
                    return Complaint.Write(refused with { Where = refused.Where ?? path });
                }
            }

            File.Move(unfinished, target, overwrite: true);
            Console.Out.WriteLine($"{key.Public.Id} {target}");
            return ExitCode.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Complaint.Write(CliFailures.FileNotWritable(target));
        }
        finally
        {
            // Where its folder is missing there is nothing to delete, and Delete would say so.
            if (File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }
        }
    }
}
