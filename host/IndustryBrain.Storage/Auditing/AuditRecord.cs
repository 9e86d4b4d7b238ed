using System.Globalization;
using System.Text;

namespace IndustryBrain.Storage.Auditing;

/// <summary>One record as it is stored in table <c>audit_record</c>: canonical bytes, which a chain can seal; column <c>record</c> holds the same text for queries.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Organization">The organization it belongs to.</param>
/// <param name="At">When, in whole microseconds.</param>
/// <param name="Action">What was done.</param>
/// <param name="Body">The record in canonical form, UTF-8.</param>
public sealed record AuditRecord(Guid Id, string Organization, DateTimeOffset At, string Action, byte[] Body)
{
    private const int Version = 1;
    private const int LongestText = 400;

    // Each look asks the system.
    private static readonly string Node = Environment.MachineName;

    internal const string Insert = "insert into audit_record (id, organization, at, action, body, record) values ($1, $2, $3, $4, $5, $6::jsonb)";

    internal string Json => Encoding.UTF8.GetString(Body);

    internal static AuditRecord Create(DateTimeOffset now, Caller caller, string action, string objectType, string objectId, AuditResult result, string? code, string? label)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var id = Guid.CreateVersion7(now);
        var organization = OrganizationId.Require(caller.Organization);
        var at = new DateTimeOffset(now.UtcTicks / 10 * 10, TimeSpan.Zero);
        var record = new SortedDictionary<string, object?>(StringComparer.Ordinal)
        {
            ["v"] = (long)Version,
            ["id"] = id.ToString(),
            ["at"] = at.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            ["node"] = Node,
            ["actor"] = new SortedDictionary<string, object?>(StringComparer.Ordinal)
            {
                ["type"] = caller.Actor.Kind switch { ActorKind.Person => "person", ActorKind.Key => "key", _ => "system" },
                ["id"] = caller.Actor.Id,
                ["org"] = organization,
            },
            ["org"] = organization,
            ["action"] = action,
            ["object"] = new SortedDictionary<string, object?>(StringComparer.Ordinal) { ["type"] = objectType, ["id"] = Clean(objectId), ["label"] = Clean(label) },
            ["result"] = result switch { AuditResult.Ok => "ok", AuditResult.Denied => "denied", _ => "failed" },
            ["code"] = code,
            ["source"] = new SortedDictionary<string, object?>(StringComparer.Ordinal) { ["ip"] = caller.Source },
        };
        var body = CanonicalJson.Write(record);
        if (AuditProof.Key is { } key)
        {
            record[AuditProof.Member] = key.Prove(body);
            body = CanonicalJson.Write(record);
        }

        return new(id, organization, at, action, body);
    }

    // A name that a person typed may be long or hold half a character, and jsonb takes no NUL.
    private static string? Clean(string? text) => text is null || IsClean(text) ? text : string.Concat(text.EnumerateRunes().Where(r => r.Value != 0).Take(LongestText));

    private static bool IsClean(ReadOnlySpan<char> text) => text.Length <= LongestText && !text.ContainsAnyInRange('\ud800', '\udfff') && !text.Contains('\0');
}
