using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Capabilities.Mqtt;

/// <summary>The name of a connection, a blank, and a topic; as a target a topic filter: <c>+</c> stands for one level, <c>#</c> at the end for any rest, and neither for topics of the broker's own (<c>$…</c>).</summary>
internal static partial class MqttTarget
{
    private const int MaxTopicBytes = 1_000;
    private static readonly SearchValues<char> NoTopic = SearchValues.Create([.. Enumerable.Range(0, 32).Select(c => (char)c), '\u007f', '+', '#']);

    public static bool IsValid(string target) => Split(target) is var (connection, filter) && IsConnection(connection) && IsFilter(filter);

    public static bool IsConnection(string name) => Name().IsMatch(name);

    public static string Of(string connection, string topic) => $"{connection} {topic}";

    /// <summary>True when the first allows all that the second asks for, which may be a filter too.</summary>
    public static bool Covers(string allowed, string wanted) =>
        Split(allowed) is var (connection, filter) && Split(wanted) is var (other, topic) && connection == other && CoversTopic(filter.Split('/'), topic.Split('/'));

    /// <summary>IB1137 when a message cannot be meant.</summary>
    public static Failure? Refuse(string connection, string topic, int quality) =>
        !IsConnection(connection) ? CapabilityFailures.RequestInvalid("connection", new("应为连接的名称", "it must be the name of a connection"))
        : topic.Length == 0 || Encoding.UTF8.GetByteCount(topic) > MaxTopicBytes || topic.AsSpan().ContainsAny(NoTopic) ? CapabilityFailures.RequestInvalid("topic", new("应为不含通配符的主题", "it must be a topic without wildcards"))
        : quality is < 0 or > 2 ? CapabilityFailures.RequestInvalid("qos", new("应为 0、1 或 2", "it must be 0, 1 or 2"))
        : null;

    private static bool CoversTopic(string[] filter, string[] topic)
    {
        if (topic[0].StartsWith('$') && filter[0] is "+" or "#")
        {
            return false;
        }

        for (var i = 0; i < filter.Length; i++)
        {
            if (filter[i] == "#")
            {
                return true;
            }

            if (i >= topic.Length || topic[i] == "#" || (filter[i] != "+" && filter[i] != topic[i]))
            {
                return false;
            }
        }

        return filter.Length == topic.Length;
    }

    private static bool IsFilter(string filter)
    {
        if (filter.Length == 0 || Encoding.UTF8.GetByteCount(filter) > MaxTopicBytes || filter.Any(char.IsControl))
        {
            return false;
        }

        var levels = filter.Split('/');
        return levels.Index().All(l => l.Item == "+" || (l.Item == "#" && l.Index == levels.Length - 1) || !l.Item.AsSpan().ContainsAny('+', '#'));
    }

    private static (string Connection, string Topic)? Split(string target) =>
        target.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank ? (target[..blank], target[(blank + 1)..]) : null;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{0,59}\z")]
    private static partial Regex Name();
}
