using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Sdk.Testing.Capabilities;

/// <summary>A file that a component has saved.</summary>
/// <param name="Reference">What it got for it.</param>
/// <param name="Content">The content.</param>
public sealed record SavedTestFile(FileReference Reference, ReadOnlyMemory<byte> Content);

/// <summary>Files of the run in a test, granted by being added.</summary>
public sealed class FakeFiles : FakeCapability
{
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, (string Name, MemoryStream Content)> _open = new();
    private ImmutableList<SavedTestFile> _saved = [];
    private bool _maySave;
    private int _number;

    internal FakeFiles(FakeHost host)
        : base(host)
    {
    }

    /// <summary>Adds a file that a component may open.</summary>
    /// <param name="name">File name with extension.</param>
    /// <param name="content">The content; handed out as a stream that can only be read forwards, as a host's may be.</param>
    /// <returns>The reference, to be handed over in an input.</returns>
    public FileReference Add(string name, ReadOnlyMemory<byte> content)
    {
        var reference = new FileReference($"file-{(_byId.Count + 1).ToString(CultureInfo.InvariantCulture)}", name);
        _byId[reference.File] = content;
        return reference;
    }

    /// <summary>As <see cref="Add(string, ReadOnlyMemory{byte})"/>, with text in UTF-8.</summary>
    public FileReference Add(string name, string content) => Add(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Lets components save files: the permission <c>files</c> with <c>write</c>.</summary>
    public void AllowSaving() => _maySave = true;

    /// <summary>What was saved, in order.</summary>
    public IReadOnlyList<SavedTestFile> Saved => _saved;

    /// <summary>The first file that was added; null when there is none.</summary>
    internal string? First => _byId.Keys.Order(StringComparer.Ordinal).FirstOrDefault();

    /// <summary>Null when there are files; else IB1131.</summary>
    internal Failure? NotPrepared() => _byId.IsEmpty ? Host.NotGranted(CapabilityNames.Files) : null;

    internal Result<Stream> Open(FileReference file) =>
        file.File is { } id && _byId.TryGetValue(id, out var content) ? new Result<Stream>(new ForwardStream(content.ToArray())) : CapabilityFailures.FileNotHandedOver(file.File ?? "");

    internal override ValueTask<Result<CapabilityAnswer>> RequestAsync(FakeContext context, CapabilityRequest request, CancellationToken ct)
    {
        const string Write = "write";
        if (Arguments(request, CapabilityJson.Wire.SavedFileArguments) is not { } arguments)
        {
            return new(BadArguments(request));
        }

        if (Host.Undeclared(CapabilityNames.Files, Write) is { } undeclared)
        {
            return new(undeclared);
        }

        return new(!_maySave ? Host.NotGranted(CapabilityNames.Files, Write) : request.Operation switch
        {
            "create" => Create(arguments.Name ?? ""),
            "append" => Append(arguments.Number, request.Content),
            "finish" => Finish(arguments.Number),
            "discard" => Discard(arguments.Number),
            _ => Unknown(request),
        });
    }

    private CapabilityAnswer Create(string name)
    {
        var number = Interlocked.Increment(ref _number);
        _open[number] = (name, new MemoryStream());
        return Numbered(number);
    }

    private Result<CapabilityAnswer> Append(int number, ReadOnlyMemory<byte> piece)
    {
        if (!_open.TryGetValue(number, out var file))
        {
            return NoSuchFile();
        }

        file.Content.Write(piece.Span);
        return Numbered(number);
    }

    private Result<CapabilityAnswer> Finish(int number)
    {
        if (!_open.TryRemove(number, out var file))
        {
            return NoSuchFile();
        }

        var reference = new FileReference($"saved-{number.ToString(CultureInfo.InvariantCulture)}", file.Name);
        var saved = new SavedTestFile(reference, file.Content.ToArray());
        _byId[reference.File] = saved.Content;
        ImmutableInterlocked.Update(ref _saved, (held, added) => held.Add(added), saved);
        return Answer(new SavedFileValue(number, reference.File), CapabilityJson.Wire.SavedFileValue);
    }

    private CapabilityAnswer Discard(int number)
    {
        _open.TryRemove(number, out _);
        return Numbered(number);
    }

    private static CapabilityAnswer Numbered(int number) => Answer(new SavedFileValue(number), CapabilityJson.Wire.SavedFileValue);

    private static Failure NoSuchFile() => CapabilityFailures.RequestInvalid("number", new("没有正在写的这个文件", "no such file is being written"));

    private sealed class ForwardStream(byte[] content) : MemoryStream(content, writable: false)
    {
        public override bool CanSeek => false;

        public override long Seek(long offset, SeekOrigin loc) => throw new NotSupportedException();
    }
}
