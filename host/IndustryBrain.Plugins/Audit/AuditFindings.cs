using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Audit;

/// <summary>Collects the findings of one file. What repeats is said once; in a public package once for each rule.</summary>
/// <param name="file">Path in the package.</param>
/// <param name="package">The public package that the file belongs to; null for the vendor's own.</param>
internal sealed class AuditFindings(string file, string? package)
{
    private const int MaxMembers = 50;
    private readonly List<AuditFinding> _found = [];
    private readonly HashSet<(string Rule, string? Member, string Target)> _seen = [];
    private readonly Dictionary<AuditRule, int> _counts = [];

    /// <summary>Path in the package.</summary>
    public string File => file;

    /// <summary>True for a file of a public package.</summary>
    public bool IsKnown => package is not null;

    /// <summary>Adds what a member does.</summary>
    public void Add(AuditRule rule, Func<string> member, int? ilOffset, string target, Func<SourceLine?>? source = null)
    {
        if (IsKnown)
        {
            _counts[rule] = _counts.GetValueOrDefault(rule) + 1;
            return;
        }

        var name = member();
        if (!_seen.Add((rule.Id, name, target)))
        {
            return;
        }

        _counts[rule] = _counts.GetValueOrDefault(rule) + 1;
        if (_counts[rule] <= MaxMembers)
        {
            _found.Add(new(rule, rule.Severity, new($"{rule.Title.Zh}：{name} 使用 {target}。", $"{rule.Title.En}: {name} uses {target}.")) { File = file, Member = name, IlOffset = ilOffset, Source = source?.Invoke() });
        }
    }

    /// <summary>Adds what holds for the whole file.</summary>
    public void Add(AuditRule rule, LocalizedText what)
    {
        if (_seen.Add((rule.Id, null, what.En)))
        {
            _found.Add(new(rule, IsKnown ? AuditSeverity.Note : rule.Severity, new($"{rule.Title.Zh}：{what.Zh}。", $"{rule.Title.En}: {what.En}.")) { File = file });
        }
    }

    /// <summary>All of them.</summary>
    public IEnumerable<AuditFinding> All()
    {
        foreach (var finding in _found)
        {
            yield return finding;
        }

        foreach (var (rule, count) in _counts)
        {
            if (IsKnown)
            {
                yield return new(rule, AuditSeverity.Note, new($"{rule.Title.Zh}：公开包 {package} 中有 {count} 处。", $"{rule.Title.En}: {count} places in the public package {package}.")) { File = file };
            }
            else if (count > MaxMembers)
            {
                yield return new(rule, rule.Severity, new($"{rule.Title.Zh}：还有 {count - MaxMembers} 处。", $"{rule.Title.En}: {count - MaxMembers} more places.")) { File = file };
            }
        }
    }
}
