using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.Mqtt;
using IndustryBrain.Runtime.Http;
using IndustryBrain.Runtime.Plugins;
using IndustryBrain.Runtime.Secrets;
using IndustryBrain.Runtime.Triggers;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Library;

/// <summary>What a definition needs and is not allowed or given here: IBS0110 to IBS0113, IBS0115 and IBS0116.</summary>
internal sealed class RightsFindings(PluginHost plugins, PluginDirectory directory, OrganizationSecrets secrets, SentRequests requests, IMqttConnections connections, IOptions<TriggerOptions> triggers)
{
    private const string Send = "send ";

    public async Task<IReadOnlyList<Finding>> JudgeAsync(string organization, ScenarioDefinition definition, CancellationToken ct)
    {
        List<Finding> findings = [.. PinsOf(definition).Select(p => p.ComponentId).Distinct().Where(id => PinsOf(definition).Where(p => p.ComponentId == id).Distinct().Skip(1).Any()).Select(id => PinnedTwice(definition.Nodes.Last(n => n.ComponentId == id && n.Pin is not null)))];
        foreach (var node in definition.Nodes.Where(n => n.ComponentId is not null && !n.IsOfAnother))
            await JudgeAsync(organization, node, findings, ct);
        foreach (var request in HttpRequestNode.Of(definition))
        {
            if (requests.Refuses(request.Method, request.Url) is { } refused)
                findings.Add(new("IBS0112", FindingSeverity.Warning, new($"请求会被拒绝：{refused.Message.Zh}", $"The request will be refused: {refused.Message.En}")) { NodeId = request.NodeId, Where = "url", Action = refused.Action });
        }

        foreach (var trigger in TriggerNode.Of(definition).Where(t => t.From is not null))
        {
            if (!await IsGivenAsync(organization, trigger, ct))
                findings.Add(NoSource(trigger));
        }

        return findings;
    }

    /// <summary>The versions that the activities of a definition name for their components.</summary>
    public static IEnumerable<(string ComponentId, PluginPin Pin)> PinsOf(ScenarioDefinition definition) =>
        definition.Nodes.Where(n => n.ComponentId is not null).Select(n => (n.ComponentId!, Pin: PinOf(n))).Where(p => p.Pin is not null).Select(p => (p.Item1, p.Pin!));

    private static PluginPin? PinOf(ScenarioNode node) => node.Pin is { IsWhole: true } named ? new PluginPin(named.Plugin!, named.Version!, named.Sha256!) : null;

    private async Task JudgeAsync(string organization, ScenarioNode node, List<Finding> findings, CancellationToken ct)
    {
        var pin = PinOf(node);
        var plugin = pin is null ? plugins.PluginOf(node.ComponentId!) : plugins.Find(pin);
        if (pin is not null && plugin?.Manifest.Components.Any(c => c.Id == node.ComponentId) != true)
        {
            findings.Add(NotThatVersion(node, pin));
            return;
        }

        if (plugin is null || directory.Find(plugin.Manifest.Id)?.Find(plugin.Manifest.Version) is not { } version)
            return;
        foreach (var missing in PermissionChange.Of(version.Permissions, version.Grants ?? []).Added)
            findings.Add(NotGranted(node, plugin.Manifest.Id, missing.Targets.Count == 0 ? missing.Capability : $"{missing.Capability} {string.Join(", ", missing.Targets)}"));
        foreach (var target in version.Permissions.Where(p => p.Capability == CapabilityNames.Secrets).SelectMany(p => p.Targets))
        {
            var name = target.StartsWith(Send, StringComparison.Ordinal) ? target[Send.Length..] : target;
            if (!await secrets.HasAsync(organization, name, ct))
                findings.Add(NoSecret(node, plugin.Manifest.Id, name));
        }
    }

    private async Task<bool> IsGivenAsync(string organization, TriggerNode trigger, CancellationToken ct) => trigger.Kind switch
    {
        TriggerKind.Mqtt => await connections.FindAsync(organization, trigger.From!, ct) is not null,
        TriggerKind.File => triggers.Value.Folders.TryGetValue(trigger.From!, out var folder) && folder.Serves(organization),
        _ => true,
    };

    private static Finding NotGranted(ScenarioNode node, string plugin, string permission) =>
        new("IBS0110", FindingSeverity.Warning, new($"插件「{plugin}」要求的权限「{Short(permission)}」没有授予；用到它的步骤会出错。", $"The permission “{Short(permission)}” that the plugin “{plugin}” asks for is not granted; a step that uses it fails."))
        { NodeId = node.NodeId, Action = new("请由管理员在插件页授予它，或换一个能力组件。", "An administrator may grant it on the plugin's page; or take another component.") };

    private static Finding NoSecret(ScenarioNode node, string plugin, string name) =>
        new("IBS0111", FindingSeverity.Warning, new($"本组织没有给出插件「{plugin}」要用的密钥「{Short(name)}」；用到它的步骤会出错。", $"This organization has not given the secret “{Short(name)}” that the plugin “{plugin}” uses; a step that uses it fails."))
        { NodeId = node.NodeId, Action = new("请由管理员为本组织保存这个密钥。", "An administrator keeps the secret for this organization.") };

    private static Finding NoSource(TriggerNode trigger)
    {
        var refused = StartRefusals.NoSource(trigger.From!);
        return new("IBS0113", FindingSeverity.Warning, refused.Message) { NodeId = trigger.NodeId, Where = trigger.Kind == TriggerKind.Mqtt ? "connection" : "folder", Action = refused.Action };
    }

    private static Finding NotThatVersion(ScenarioNode node, PluginPin pin) =>
        new("IBS0115", FindingSeverity.Error, new($"没有安装含有此能力组件的「{Short(pin.Plugin)}」{Short(pin.Version)}（sha256 {pin.Sha256[..12]}…）。", $"“{Short(pin.Plugin)}” {Short(pin.Version)} (sha256 {pin.Sha256[..12]}…) with this component is not installed."))
        { NodeId = node.NodeId, Where = Where, Action = new("请安装这个版本；或删去 plugin，发布时取当时使用的版本。", "Install that version; or remove plugin, and publishing takes the version in use then.") };

    private static Finding PinnedTwice(ScenarioNode node) =>
        new("IBS0116", FindingSeverity.Error, new("同一能力组件在定义中写有不同的插件版本；一次运行只用其中一个。", "The definition names different plugin versions for one component; a run takes only one."))
        { NodeId = node.NodeId, Where = Where, Action = new("请写成同一个版本。", "Name one version.") };

    private const string Where = "customProperties.industryBrain.plugin";

    private static string Short(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 80), "…");
}
