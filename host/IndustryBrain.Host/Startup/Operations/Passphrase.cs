using System.Text;
using IndustryBrain.Sdk;
using IndustryBrain.Storage.Backups;

namespace IndustryBrain.Host.Startup.Operations;

/// <summary>Where the passphrase of a backup comes from: a file, standard input, or a person at the terminal; never the command line, which others can see.</summary>
internal static class Passphrase
{
    private const string StandardInput = "-";

    internal static async Task<Result<BackupSecret>> ReadAsync(string? keyFile, bool isNew, CancellationToken ct)
    {
        if (keyFile == StandardInput)
        {
            return BackupSecret.FromText(await Console.In.ReadLineAsync(ct) ?? "", keyFile);
        }

        if (keyFile is not null)
        {
            return await BackupSecret.FromFileAsync(keyFile, ct);
        }

        if (Console.IsInputRedirected)
        {
            return BackupSecret.FromText("", "--key-file");
        }

        var typed = Ask(new("备份口令：", "Passphrase of the backup: "));
        return isNew && Ask(new("再输入一次：", "Once more: ")) != typed ? HostFailures.PassphrasesDiffer() : BackupSecret.FromText(typed, "passphrase");
    }

    private static string Ask(LocalizedText question)
    {
        Console.Error.Write(question);
        var typed = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
