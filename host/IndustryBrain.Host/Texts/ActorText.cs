using IndustryBrain.Sdk;
using IndustryBrain.Storage;

namespace IndustryBrain.Host.Texts;

/// <summary>Who did something, in words for people: the account that the host runs under says nothing to them.</summary>
internal static class ActorText
{
    private const string LocalPerson = "local";
    private static readonly LocalizedText LocalUser = new("本机用户", "Local user");
    private static readonly LocalizedText System = new("系统", "System");
    private static readonly LocalizedText Key = new("密钥 {0}", "Key {0}");

    internal static string Of(Actor actor) => actor.Kind switch
    {
        ActorKind.System => System.ToString(),
        ActorKind.Key => Key.Fill(actor.DisplayName),
        _ => actor.Id == LocalPerson ? LocalUser.ToString() : actor.DisplayName,
    };
}
