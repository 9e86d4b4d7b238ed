using System.CommandLine;
using IndustryBrain.Cli.Keys;
using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Trust;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Verifying;

/// <summary><c>brain verify</c>: is a package what its signers made, and who are they.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var package = new Argument<string>("package") { Description = "要验证的 .nupkg。The .nupkg to verify." };
        var trust = TrustFolder.Option();
        var require = new Option<TrustLevel>("--require") { Description = "至少要求的信任级别。What is asked for at least.", DefaultValueFactory = _ => TrustLevel.Unsigned };

        // What is refused nobody asks for.
        require.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. Enum.GetNames<TrustLevel>().Where(level => level != nameof(TrustLevel.Refused))]);
        var json = new Option<bool>("--json") { Description = "以 JSON 输出。Prints JSON." };
        var command = new Command("verify", "验证插件包的完整性与签名。Verifies integrity and signatures of a package.") { package, trust, require, json };
        command.SetAction((parsed, ct) => VerifyAsync(parsed.GetRequiredValue(package), parsed.GetRequiredValue(trust), parsed.GetRequiredValue(require), parsed.GetValue(json), ct));
        return command;
    }

    private static async Task<int> VerifyAsync(string path, string trust, TrustLevel required, bool json, CancellationToken ct)
    {
        if (!TrustStore.Read(trust).TryGet(out var store, out var unreadable))
        {
            return Complaint.Write(unreadable);
        }

        try
        {
            await using var package = File.OpenRead(path);
            var found = await new PackageVerifier(store, TimeProvider.System, new PluginOptions()).VerifyAsync(package, ct);
            if (json)
            {
                Console.Out.WriteLine(VerifyJson.Write(found));
            }
            else
            {
                Print(found);
            }

            return found.Lacks(required) is { } lacking ? Complaint.Write(lacking) : ExitCode.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Complaint.Write(Directory.Exists(path) ? CliFailures.FileExpected(path) : CliFailures.FileNotReadable(path));
        }
    }

    private static string Unknown => new LocalizedText("（不认识的签名者）", "(a signer that is not known here)").ToString();

    private static void Print(PackageTrust trust)
    {
        Console.Out.WriteLine($"{trust.Level}  sha256 {trust.Sha256}");
        foreach (var (role, signer) in new[] { ("vendor", trust.Vendor), ("marketplace", trust.Marketplace) })
        {
            if (signer is not null)
            {
                Console.Out.WriteLine($"{role}  {signer.KeyId}  {signer.Name ?? Unknown}  {signer.SignedAt:O}  {(signer.Revocation is { } revoked ? $"revoked: {revoked.Reason} {revoked.EffectiveAt:O}" : "")}".TrimEnd());
            }
        }

        if (trust.Author is { } author)
        {
            Console.Out.WriteLine($"NuGet  {author.Fingerprint}  {author.Name ?? Unknown}  {author.Subject}");
        }
    }
}
