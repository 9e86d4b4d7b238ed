using System.ComponentModel;
using System.Runtime.InteropServices;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Packaging;

[assembly: Plugin("Sample.Hostile", "hostile", Vendor = "Sample", Zh = "恶意示例", En = "Hostile sample", DescriptionZh = "测试用。", DescriptionEn = "For tests.")]
[assembly: Permission("files", "读取运行交给它的文件。", "Reads the file that a run hands to it.")]

namespace Hostile;

/// <summary>What an attack is aimed at; all of it belongs to the test.</summary>
/// <param name="Path">A file, folder or Unix socket.</param>
/// <param name="Number">A port or a process.</param>
/// <param name="Amount">How much: seconds, megabytes, lines or threads. Every attack ends by itself.</param>
public sealed record Aim(string? Path = null, int Number = 0, int Amount = 0);

/// <summary>What an attack achieved.</summary>
/// <param name="What">In words.</param>
public sealed record Loot(string What);

/// <summary>A component that tries what it may not do and says so when it could.</summary>
public abstract class Attack : ToolComponent<Aim, Loot>
{
    /// <inheritdoc />
    protected sealed override async ValueTask<Result<Loot>> RunAsync(Aim input, ComponentContext context, CancellationToken cancellationToken) => new Loot(await TryAsync(input, context));

    /// <summary>Tries it; throws when it is not possible.</summary>
    protected abstract Task<string> TryAsync(Aim aim, ComponentContext context);

    /// <summary>Throws what the last native call failed with, when it failed.</summary>
    protected static nint Check(nint result) => result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());
}

/// <summary>Does nothing bad.</summary>
[Component("hostile.greets", Zh = "问好", En = "Greets")]
public sealed class Greets : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context) => Task.FromResult("hello");
}

/// <summary>Tells which process it runs in.</summary>
[Component("hostile.where", Zh = "进程号", En = "Process number")]
public sealed class Where : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context) => Task.FromResult(Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>Returns its own environment.</summary>
[Component("hostile.environment", Zh = "环境变量", En = "Environment")]
public sealed class OwnEnvironment : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context) => Task.FromResult(string.Join(' ', Environment.GetEnvironmentVariables().Keys.Cast<string>().Order(StringComparer.Ordinal)));
}

/// <summary>Reads a file of the run, as any component may.</summary>
[Component("hostile.file", Zh = "读取文件", En = "Reads a file")]
public sealed class ReadsFile : ToolComponent<FileReference, Loot>
{
    /// <inheritdoc />
    protected override async ValueTask<Result<Loot>> RunAsync(FileReference input, ComponentContext context, CancellationToken cancellationToken)
    {
        if (!(await context.OpenFileAsync(input, cancellationToken)).TryGet(out var file, out var failure))
        {
            return failure;
        }

        await using (file)
        {
            using var copy = new MemoryStream();
            await file.CopyToAsync(copy, cancellationToken);
            context.Report(0.5, new("一半", "Half"));
            context.Log(ComponentLogLevel.Warning, "read\nall");
            return new Loot(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(copy.ToArray())));
        }
    }
}
