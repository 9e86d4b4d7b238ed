namespace IndustryBrain.Host.Pages.Accounts;

/// <summary>What people call the browser that calls itself something longer.</summary>
internal static class BrowserName
{
    private static readonly (string Mark, string Name)[] Browsers = [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl")];
    private static readonly (string Mark, string Name)[] Systems = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    internal static string Of(string agent)
    {
        var names = new[] { Find(Browsers, agent), Find(Systems, agent) }.OfType<string>().ToList();
        return names.Count > 0 ? string.Join(" · ", names) : agent.Length > 0 ? agent : "–";
    }

    private static string? Find((string Mark, string Name)[] known, string agent) => known.FirstOrDefault(k => agent.Contains(k.Mark, StringComparison.Ordinal)).Name;
}
