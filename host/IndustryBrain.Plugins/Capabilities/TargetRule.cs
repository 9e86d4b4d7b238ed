using IndustryBrain.Plugins.Capabilities.Http;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Capabilities;

/// <summary>How the targets of a capability are written and compared.</summary>
/// <param name="IsValid">True when a manifest may declare it.</param>
/// <param name="Covers">True when the first allows all that the second asks for.</param>
internal sealed record TargetRule(Func<string, bool> IsValid, Func<string, string, bool> Covers)
{
    private const string Send = "send ";
    private static readonly TargetRule Plain = new(target => target.Length is > 0 and <= 300, string.Equals);

    private static readonly Dictionary<string, TargetRule> Rules = new(StringComparer.Ordinal)
    {
        [CapabilityNames.Http] = new(target => HttpTarget.Parse(target) is not null, CoversHttp),
        [CapabilityNames.PrivateHttp] = new(target => HttpTarget.Parse(target) is not null, CoversHttp),
        [CapabilityNames.DataSets] = new(DataSets.DataSetTarget.IsValid, string.Equals),
        [CapabilityNames.Events] = new(Events.EventTarget.IsValid, Events.EventTarget.Covers),
        [CapabilityNames.Knowledge] = new(Knowledge.KnowledgeTarget.IsValid, Knowledge.KnowledgeTarget.Covers),
        [CapabilityNames.Mqtt] = new(Mqtt.MqttTarget.IsValid, Mqtt.MqttTarget.Covers),
        [CapabilityNames.Secrets] = new(target => Secrets.SecretName.IsValid(WithoutSend(target)), (allowed, wanted) => allowed == wanted || allowed == WithoutSend(wanted)),
    };

    /// <summary>The rule of a capability; targets of one that this host does not know are compared as they are.</summary>
    public static TargetRule Of(string capability) => Rules.GetValueOrDefault(capability, Plain);

    /// <summary>A secret that the host puts into a request.</summary>
    public static string SendOf(string secret) => Send + secret;

    private static string WithoutSend(string target) => target.StartsWith(Send, StringComparison.Ordinal) ? target[Send.Length..] : target;

    private static bool CoversHttp(string allowed, string wanted) => HttpTarget.Parse(allowed) is { } a && HttpTarget.Parse(wanted) is { } w && a.Covers(w);
}
