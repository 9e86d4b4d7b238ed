using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Capabilities.Files;

/// <summary>New files of a run: created, appended to, finished. What a call leaves unfinished is discarded with it.</summary>
internal sealed class SavedFiles(CapabilityOptions options) : Capability
{
    /// <summary>Target of the permission.</summary>
    public const string Write = "write";

    private const int MaxOpen = 16;
    private static readonly LocalizedText NoSuchFile = new("没有这个正在写入的文件", "no file of that number is being written");

    public override string Name => CapabilityNames.Files;

    public override async ValueTask<Result<CapabilityAnswer>> RequestAsync(CapabilityCall call, CancellationToken ct)
    {
        if (call.Permissions.Demand(CapabilityNames.Files, Write) is { } refused)
        {
            return refused;
        }

        if (Arguments(call, CapabilityJson.Wire.SavedFileArguments) is not { } arguments)
        {
            return BadArguments(call);
        }

        var files = call.Context.Spooled;
        return call.Request.Operation switch
        {
            "create" => Create(call, files, arguments.Name),
            "append" => await AppendAsync(call, files, arguments.Number, ct).ConfigureAwait(false),
            "finish" => await FinishAsync(call, files, arguments.Number, ct).ConfigureAwait(false),
            "discard" => Discard(files, arguments.Number),
            _ => CapabilityFailures.UnknownOperation(Name, call.Request.Operation),
        };
    }

    private static Result<CapabilityAnswer> Create(CapabilityCall call, SpooledFiles files, string? name)
    {
        call.Target = name;
        return string.IsNullOrWhiteSpace(name) ? BadArguments(call)
            : files.Count >= MaxOpen ? CapabilityFailures.RequestInvalid("files create", new($"一次调用最多同时写 {MaxOpen} 个文件", $"a call writes at most {MaxOpen} files at a time"))
            : Answer(new SavedFileValue(files.Create(name)), CapabilityJson.Wire.SavedFileValue);
    }

    private async ValueTask<Result<CapabilityAnswer>> AppendAsync(CapabilityCall call, SpooledFiles files, int number, CancellationToken ct)
    {
        if (files.Find(number) is not { } file)
        {
            return CapabilityFailures.RequestInvalid("number", NoSuchFile);
        }

        call.Target = file.Name;
        var allowed = call.Permissions.MaxBytes(CapabilityNames.Files, options.SavedFileBytes);
        if (!files.TryCount(call.Request.Content.Length, allowed))
        {
            return CapabilityFailures.TooLarge(file.Name, allowed);
        }

        await file.Content.WriteAsync(call.Request.Content, ct).ConfigureAwait(false);
        return Answer(new SavedFileValue(number), CapabilityJson.Wire.SavedFileValue);
    }

    private static async ValueTask<Result<CapabilityAnswer>> FinishAsync(CapabilityCall call, SpooledFiles files, int number, CancellationToken ct)
    {
        using var file = files.Take(number);
        if (file is null)
        {
            return CapabilityFailures.RequestInvalid("number", NoSuchFile);
        }

        call.Target = file.Name;
        file.Content.Position = 0;
        return (await call.Context.Run.SaveFileAsync(file.Name, file.Content, ct).ConfigureAwait(false)).TryGet(out var saved, out var failure)
            ? Answer(new SavedFileValue(number, saved.File), CapabilityJson.Wire.SavedFileValue)
            : failure;
    }

    private static CapabilityAnswer Discard(SpooledFiles files, int number)
    {
        files.Take(number)?.Dispose();
        return Answer(new SavedFileValue(number), CapabilityJson.Wire.SavedFileValue);
    }
}
