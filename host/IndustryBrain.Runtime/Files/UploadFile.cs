using System.IO.Pipelines;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Http;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Runtime.Quotas;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace IndustryBrain.Runtime.Files;

/// <summary><c>POST /files</c>: a raw body, or the one file of a multipart form; never held in memory.</summary>
internal static class UploadFile
{
    private const string NoName = "upload.bin";

    public static void Map(RouteGroupBuilder api) => api.MapPost("/files", HandleAsync)
        .WithName("UploadFile")
        .WithTags("Files")
        .WithSummary("Stores a file: a raw body with ?name=…, or the one file of a multipart form. The answer's id goes into an input as {\"file\":ID}.")
        .Accepts<IFormFile>("application/octet-stream", "multipart/form-data", RequestBody.AnyType)
        .Produces<StoredFile>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .TakesQuery("name")
        .RequirePermission(Permission.UploadFiles)
        .DisableAntiforgery();

    private static async Task<Results<Created<StoredFile>, FailureProblem>> HandleAsync(string? name, HttpContext http, FileStore files, UsageMeter quotas, CancellationToken ct)
    {
        if (await quotas.RefuseStoreAsync(http.GetCaller().Organization, ct) is { } full)
            return full.ToProblem();
        // The store counts the bytes and refuses what is too large; Kestrel's own limit, made for small bodies, steps aside.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        try
        {
            if (!(await OpenAsync(http.Request, name, ct)).TryGet(out var upload, out var failure))
                return failure.ToProblem();
            upload = upload with { Name = Storable.Composed(upload.Name) };
            if (!Storable.Fits(upload.Name))
                return RuntimeFailures.BadRequest("name", new("文件名含有无法保存的字符。", "The file's name holds characters that cannot be stored.")).ToProblem();
            var content = PipeReader.Create(upload.Content);
            var first = await content.ReadAtLeastAsync(1, ct);
            if (first.Buffer.IsEmpty)
                return RuntimeFailures.EmptyFile(upload.Name).ToProblem();
            content.AdvanceTo(first.Buffer.Start);
            return (await files.StoreAsync(http.GetCaller(), upload.Name, content.AsStream(), ct)).TryGet(out var stored, out failure)
                ? TypedResults.Created($"/api/v1/files/{stored.Id}", stored)
                : failure.ToProblem();
        }
        catch (SeveralFilesException)
        {
            // Whatever of the first was read is rolled back with it.
            return RuntimeFailures.SeveralFiles().ToProblem();
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException && !DatabaseOutage.IsDiskFull(e))
        {
            return RuntimeFailures.BadRequest("request", new("上传的内容不完整或格式有误。", "The upload is incomplete or malformed.")).ToProblem();
        }
    }

    private sealed record Upload(string Name, Stream Content);

    private static async Task<Result<Upload>> OpenAsync(HttpRequest request, string? name, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return new Upload(name ?? NameOf(request.Headers.ContentDisposition) ?? NoName, request.Body);
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 200)
            return RuntimeFailures.BadRequest("Content-Type", new("multipart 缺少 boundary。", "The multipart form names no boundary."));
        var reader = new MultipartReader(boundary, request.Body);
        while (await reader.ReadNextSectionAsync(ct) is { } section)
        {
            if (IsFile(section))
                return new Upload(name ?? NameOf(section.ContentDisposition) ?? NoName, new OnlyFile(section.Body, reader));
        }

        return Refusals.Missing("file");
    }

    private static bool IsFile(MultipartSection section) => section.GetContentDispositionHeader() is { } disposition && disposition.IsFileDisposition();

    private static string? NameOf(string? contentDisposition) =>
        ContentDispositionHeaderValue.TryParse(contentDisposition, out var header)
            ? HeaderUtilities.RemoveQuotes(header.FileNameStar.HasValue ? header.FileNameStar : header.FileName).Value is { Length: > 0 } given ? given : null
            : null;

    private sealed class SeveralFilesException : Exception;

    /// <summary>The content of a form's file; at its end the rest of the form is read, in which no other file may stand.</summary>
    private sealed class OnlyFile(Stream content, MultipartReader form) : Stream
    {
        private bool _isAtEnd;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await content.ReadAsync(buffer, cancellationToken);
            if (read > 0 || buffer.IsEmpty || _isAtEnd)
                return read;
            _isAtEnd = true;
            while (await form.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (IsFile(section))
                    throw new SeveralFilesException();
            }

            return 0;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
