using System.Text;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Tests;

/// <summary>What a call may use in a test: records progress and log, and holds at most one file in memory, handed out as a stream that can only be read forwards, as a host's may be.</summary>
internal sealed class CallContext(byte[]? content = null) : ComponentContext
{
    public static object File { get; } = new { file = "f1" };

    public List<double> Progress { get; } = [];

    public List<string> Logged { get; } = [];

    public override string IdempotencyKey => "test:1";

    public override TimeProvider Time => TimeProvider.System;

    public static CallContext Utf8(string text) => new(new UTF8Encoding(false).GetBytes(text));

    public static CallContext Gb18030(string text) => new(CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(text));

    public override void Report(double fraction, LocalizedText? message = null) => Progress.Add(fraction);

    public override void Log(ComponentLogLevel level, string message) => Logged.Add(message);

    public override ValueTask<Result<Stream>> OpenFileAsync(FileReference file, CancellationToken cancellationToken) =>
        new(content is null || file.File != "f1" ? Refusals.Missing("file") : new Result<Stream>(new ForwardStream(content)));

    private sealed class ForwardStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override long Seek(long offset, SeekOrigin loc) => throw new NotSupportedException();
    }
}
