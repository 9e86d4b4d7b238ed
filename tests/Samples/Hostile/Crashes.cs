using System.Runtime.InteropServices;
using IndustryBrain.Sdk.Components;

namespace Hostile;

/// <summary>Calls itself until its stack is used up.</summary>
[Component("hostile.crash-stack", Zh = "栈溢出", En = "Stack overflow")]
public sealed class CrashStack : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context) => Task.FromResult(Deeper(1).ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static long Deeper(long depth) => depth > long.MaxValue / 2 ? depth : Deeper(depth + 1) + depth;
}

/// <summary>Throws on a thread of the pool, where nobody catches it.</summary>
[Component("hostile.crash-thread", Zh = "后台线程异常", En = "Thread")]
public sealed class CrashThread : Attack
{
    /// <inheritdoc />
    protected override async Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        ThreadPool.UnsafeQueueUserWorkItem(_ => throw new InvalidOperationException("from the pool"), null);
        await Task.Delay(Timeout.Infinite);
        return "";
    }
}

/// <summary>Writes to memory that is not there.</summary>
[Component("hostile.crash-memory", Zh = "非法内存访问", En = "Bad address")]
public sealed class CrashMemory : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        Marshal.WriteByte(unchecked((nint)0x7eadbeef0000), 1);
        return Task.FromResult("written");
    }
}

/// <summary>Ends its process with all signs of a crash.</summary>
[Component("hostile.crash-fail-fast", Zh = "FailFast", En = "Fail fast")]
public sealed class CrashFailFast : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        Environment.FailFast("hostile");
        return Task.FromResult("");
    }
}

/// <summary>Throws what cannot be told: whoever asks it for its words gets another exception, for want of memory where an amount is given.</summary>
[Component("hostile.crash-words", Zh = "无法描述的异常", En = "Words")]
public sealed class CrashWords : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context) => throw new Unspeakable(aim.Amount > 0);

    private sealed class Unspeakable(bool needsMemory) : Exception
    {
        public override string ToString() => needsMemory ? new string('x', int.MaxValue) : throw new NotSupportedException();
    }
}
