using System.Text;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Tabular.Tests;

/// <summary>Holds one file in memory and hands it out as a stream that can only be read forwards, as a host's may be.</summary>
internal sealed class FileContext(byte[]? content) : ComponentContext
{
    public static FileContext Empty { get; } = new((byte[]?)null);

    public static object File { get; } = new { file = "f1" };

    public static FileContext Utf8(string text) => new(new UTF8Encoding(false).GetBytes(text));

    public static FileContext Gb18030(string text) => new(CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(text));

    public override string IdempotencyKey => "test:1";

    public override TimeProvider Time => TimeProvider.System;

    public override void Report(double fraction, LocalizedText? message = null)
    {
    }

    public override void Log(ComponentLogLevel level, string message)
    {
    }

    public override ValueTask<Result<Stream>> OpenFileAsync(FileReference file, CancellationToken cancellationToken) =>
        new(content is null || file.File != "f1" ? Refusals.Missing("file") : new Result<Stream>(new ForwardStream(content)));

    private sealed class ForwardStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override long Seek(long offset, SeekOrigin loc) => throw new NotSupportedException();
    }
}
