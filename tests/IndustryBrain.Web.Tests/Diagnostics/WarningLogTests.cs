#pragma warning disable CA1848, CA2254, CA1873 // Written as those write who do not know better: that is what has to stay out.
using System.Text.Json;
using IndustryBrain.Host.Diagnostics;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Web.Tests.Diagnostics;

/// <summary>What the diagnostics bundle has of the log: what happened, and nothing of what it happened to.</summary>
public sealed class WarningLogTests : IDisposable
{
    private const string Secret = "s3cret-4711";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ib-log-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Lines_HaveTheMessageWithoutItsValues_AndNoWordsOfOthers()
    {
        using (var log = new WarningLog(_folder.FullName, TimeProvider.System))
        using (var factory = LoggerFactory.Create(b => b.AddProvider(log)))
        {
            var ours = factory.CreateLogger("IndustryBrain.Runtime.Plugins");
            ours.LogWarning(new EventId(7), new InvalidOperationException(Secret, new IOException(Secret)), "The plugin {Plugin} answered {Answer}", Secret, Secret);
            ours.LogInformation("Not a warning");
            factory.CreateLogger("Vendor.Library").LogError($"Could not sign in as {Secret}");
            ours.Log(LogLevel.Error, default, Secret, null, (text, _) => text);
        }

        var text = File.ReadAllText(WarningLog.FileIn(_folder.FullName));
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonElement.Parse(l)).ToList();
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
        Assert.Equal(["The plugin {Plugin} answered {Answer}", null, null], lines.Select(l => l.GetProperty("message").GetString()));
        Assert.Equal(["System.InvalidOperationException", "System.IO.IOException"], lines[0].GetProperty("exceptions").EnumerateArray().Select(e => e.GetString()));
        Assert.Equal("Vendor.Library", lines[1].GetProperty("category").GetString());
    }

    [Fact]
    public void File_ThatIsFull_GivesWayToANewOne()
    {
        var file = WarningLog.FileIn(_folder.FullName);
        File.WriteAllText(file, new string('x', 300_000));

        using (var log = new WarningLog(_folder.FullName, TimeProvider.System))
        using (var factory = LoggerFactory.Create(b => b.AddProvider(log)))
            factory.CreateLogger("IndustryBrain.Host").LogWarning("Again");

        Assert.Equal(300_000, new FileInfo(file + ".1").Length);
        Assert.Contains("Again", File.ReadAllText(file), StringComparison.Ordinal);
    }
}
