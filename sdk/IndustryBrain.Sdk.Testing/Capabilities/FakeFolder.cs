using System.Collections.Immutable;
using System.Text;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Capabilities.Folders;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Sdk.Testing.Capabilities;

/// <summary>The plugin's own folder in a test, in memory, once it is allowed.</summary>
public sealed class FakeFolder : FakeCapability
{
    private readonly Lock _gate = new();
    private ImmutableSortedDictionary<string, (ReadOnlyMemory<byte> Content, DateTimeOffset ChangedAt)> _files = ImmutableSortedDictionary.Create<string, (ReadOnlyMemory<byte>, DateTimeOffset)>(StringComparer.Ordinal);
    private long? _maxBytes;

    internal FakeFolder(FakeHost host)
        : base(host)
    {
    }

    /// <summary>Gives the plugin its folder.</summary>
    /// <param name="maxBytes">Its quota in bytes; beyond it IB1138.</param>
    public void Allow(long maxBytes = 100L << 20) => _maxBytes = maxBytes;

    /// <summary>Puts a file into the folder, and allows it.</summary>
    public void Add(string name, ReadOnlyMemory<byte> content)
    {
        _maxBytes ??= 100L << 20;
        lock (_gate)
        {
            _files = _files.SetItem(name, (content, Host.Time.GetUtcNow()));
        }
    }

    /// <summary>As <see cref="Add(string, ReadOnlyMemory{byte})"/>, with text in UTF-8.</summary>
    public void Add(string name, string content) => Add(name, Encoding.UTF8.GetBytes(content));

    /// <summary>The files by name.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Content => _files.ToDictionary(f => f.Key, f => f.Value.Content, StringComparer.Ordinal);

    internal override ValueTask<Result<CapabilityAnswer>> RequestAsync(FakeContext context, CapabilityRequest request, CancellationToken ct)
    {
        if (Arguments(request, CapabilityJson.Wire.FolderArguments) is not { } arguments)
        {
            return new(BadArguments(request));
        }

        if (Host.Undeclared(CapabilityNames.Folder) is { } undeclared)
        {
            return new(undeclared);
        }

        if (_maxBytes is not { } quota)
        {
            return new(Host.NotGranted(CapabilityNames.Folder));
        }

        lock (_gate)
        {
            return new(request.Operation switch
            {
                "list" => Answered(_files.Keys),
                "read" or "write" or "append" or "delete" when !FolderFileName.IsValid(arguments.Name) => CapabilityFailures.RequestInvalid("name", FolderFileName.Rule),
                "read" => Read(arguments),
                "write" => Write(arguments.Name!, request.Content, quota),
                "append" => Write(arguments.Name!, _files.TryGetValue(arguments.Name!, out var there) ? (byte[])[.. there.Content.Span, .. request.Content.Span] : request.Content, quota),
                "delete" => Delete(arguments.Name!),
                _ => Unknown(request),
            });
        }
    }

    private Result<CapabilityAnswer> Read(FolderArguments arguments)
    {
        if (!_files.TryGetValue(arguments.Name!, out var file))
        {
            return CapabilityFailures.FileNotThere(arguments.Name!);
        }

        var start = (int)Math.Clamp(arguments.Offset ?? 0, 0, file.Content.Length);
        var count = Math.Min(file.Content.Length - start, Math.Max(arguments.Count ?? int.MaxValue, 0));
        return Answer(new FolderValue([Describe(arguments.Name!)]), CapabilityJson.Wire.FolderValue, file.Content.Slice(start, count));
    }

    private Result<CapabilityAnswer> Write(string name, ReadOnlyMemory<byte> content, long quota)
    {
        const int MostFiles = 10_000;
        var total = _files.Where(f => f.Key != name).Sum(f => (long)f.Value.Content.Length) + content.Length;
        if (total > quota || _files.Remove(name).Count >= MostFiles)
        {
            return CapabilityFailures.QuotaExceeded(Host.PluginId, quota, MostFiles);
        }

        _files = _files.SetItem(name, (content.ToArray(), Host.Time.GetUtcNow()));
        return Answered([name]);
    }

    private CapabilityAnswer Delete(string name)
    {
        var answer = Answered(_files.ContainsKey(name) ? [name] : []);
        _files = _files.Remove(name);
        return answer;
    }

    private CapabilityAnswer Answered(IEnumerable<string> names) => Answer(new FolderValue([.. names.Select(Describe)]), CapabilityJson.Wire.FolderValue);

    private FolderFile Describe(string name) => new(name, _files[name].Content.Length, _files[name].ChangedAt);
}
