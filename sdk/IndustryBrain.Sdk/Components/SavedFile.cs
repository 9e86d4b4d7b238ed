using System.IO.Pipelines;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Sdk.Components;

/// <summary>How a file of the run is sent to the host: created, appended to piece by piece, finished; or discarded.</summary>
internal static class SavedFile
{
    private const int PieceBytes = 1 << 20;

    /// <summary>Sends the content of a stream.</summary>
    public static async ValueTask<Result<FileReference>> SendAsync(ComponentContext context, string name, Stream content, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (!(await AskAsync(context, "create", new(Name: name), default, ct).ConfigureAwait(false)).TryGet(out var created, out var failure))
        {
            return failure;
        }

        var isFinished = false;
        try
        {
            var piece = new byte[PieceBytes];
            int count;
            while ((count = await content.ReadAtLeastAsync(piece, piece.Length, throwOnEndOfStream: false, ct).ConfigureAwait(false)) > 0)
            {
                if ((await AskAsync(context, "append", new(created.Number), piece.AsMemory(0, count), ct).ConfigureAwait(false)).Failure is { } refused)
                {
                    return refused;
                }
            }

            var finished = await AskAsync(context, "finish", new(created.Number), default, ct).ConfigureAwait(false);
            isFinished = true;
            return finished.TryGet(out var saved, out failure)
                ? saved.File is { } file ? new FileReference(file, name) : Refusals.CapabilityUnusable(CapabilityNames.Files)
                : failure;
        }
        finally
        {
            if (!isFinished)
            {
                _ = await AskAsync(context, "discard", new(created.Number), default, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Lets a writer fill a pipe; what it throws, the reader of the pipe sees.</summary>
    public static async Task FillAsync(PipeWriter pipe, Func<Stream, CancellationToken, Task> write, CancellationToken ct)
    {
        Exception? thrown = null;
        try
        {
            var stream = pipe.AsStream(leaveOpen: true);
            await using (stream.ConfigureAwait(false))
            {
                await write(stream, ct).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // Whatever it is, it is the reader's to throw.
        catch (Exception e)
#pragma warning restore CA1031
        {
            thrown = e;
        }

        await pipe.CompleteAsync(thrown).ConfigureAwait(false);
    }

    private static async ValueTask<Result<SavedFileValue>> AskAsync(ComponentContext context, string operation, SavedFileArguments arguments, ReadOnlyMemory<byte> content, CancellationToken ct) =>
        (await context.RequestAsync(CapabilityNames.Files, operation, arguments, CapabilityJson.Wire.SavedFileArguments, CapabilityJson.Wire.SavedFileValue, content, ct).ConfigureAwait(false))
            .TryGet(out var answer, out var failure) ? answer.Value : failure;
}
