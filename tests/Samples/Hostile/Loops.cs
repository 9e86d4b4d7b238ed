using System.Text.RegularExpressions;
using IndustryBrain.Sdk.Components;

namespace Hostile;

/// <summary>Does not come back from a finalizer, and waits for it.</summary>
[Component("hostile.loop-finalizer", Zh = "终结器死循环", En = "Finalizer")]
public sealed class LoopFinalizer : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        Drop(aim.Amount);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Task.FromResult("finalized");
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Drop(int seconds) => _ = new Trap(seconds);

    private sealed class Trap(int seconds)
    {
        ~Trap() => BombLoop.Spin(seconds);
    }
}

/// <summary>Awaits what never comes, and hears no cancellation.</summary>
[Component("hostile.loop-await", Zh = "永不完成的等待", En = "Awaits")]
public sealed class LoopAwait : Attack
{
    /// <inheritdoc />
    protected override async Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        await Task.Delay(TimeSpan.FromSeconds(aim.Amount));
        return "awaited";
    }
}

/// <summary>Waits for a lock that another thread keeps.</summary>
[Component("hostile.loop-lock", Zh = "死锁", En = "Deadlock")]
public sealed class LoopLock : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        var gate = new Lock();
        using var taken = new ManualResetEventSlim();
        var holder = new Thread(() =>
        {
            lock (gate)
            {
                taken.Set();
                BombLoop.Spin(aim.Amount);
            }
        })
        { IsBackground = true };
        holder.Start();
        taken.Wait();
        lock (gate)
        {
            return Task.FromResult("locked");
        }
    }
}

/// <summary>Matches an expression that backtracks without end.</summary>
[Component("hostile.loop-regex", Zh = "回溯正则", En = "Regular expression")]
public sealed class LoopRegex : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        var isMatch = Regex.IsMatch(new string('a', aim.Amount) + "!", "^(a+)+$", RegexOptions.None, Regex.InfiniteMatchTimeout);
        return Task.FromResult(isMatch ? "matched" : "no match");
    }
}

/// <summary>Spins on every processor.</summary>
[Component("hostile.loop-threads", Zh = "占满处理器", En = "All processors")]
public sealed class LoopThreads : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        Parallel.For(0, Environment.ProcessorCount * 2, _ => BombLoop.Spin(aim.Amount));
        return Task.FromResult("spun");
    }
}

/// <summary>Has the runtime collect memory again and again.</summary>
[Component("hostile.loop-collect", Zh = "反复回收内存", En = "Collects")]
public sealed class LoopCollect : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < aim.Amount)
        {
            GC.Collect();
        }

        return Task.FromResult("collected");
    }
}

/// <summary>Answers at once, and spins when its process is asked to end.</summary>
[Component("hostile.loop-at-exit", Zh = "退出时死循环", En = "At exit")]
public sealed class LoopAtExit : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => BombLoop.Spin(aim.Amount);
        return Task.FromResult("armed");
    }
}

/// <summary>Answers at once, and spins when its code is unloaded.</summary>
[Component("hostile.loop-unload", Zh = "卸载时死循环", En = "At unload")]
public sealed class LoopUnload : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(typeof(LoopUnload).Assembly)!.Unloading += _ => BombLoop.Spin(aim.Amount);
        return Task.FromResult("armed");
    }
}

/// <summary>Answers at once, and leaves a thread that keeps its process alive.</summary>
[Component("hostile.loop-foreground", Zh = "遗留前台线程", En = "Foreground thread")]
public sealed class LoopForeground : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        new Thread(() => BombLoop.Spin(aim.Amount)) { IsBackground = false }.Start();
        return Task.FromResult("armed");
    }
}

/// <summary>Leaves a thread that goes on in the name of the call after it has ended.</summary>
[Component("hostile.late-words", Zh = "遗留线程的话", En = "Late words")]
public sealed class LateWords : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        var pause = new ManualResetEventSlim();
        new Thread(() =>
        {
            for (var i = 0; i < aim.Amount; i++)
            {
                pause.Wait(1);
                context.Log(ComponentLogLevel.Information, "late");
            }
        })
        { IsBackground = true }.Start();
        return Task.FromResult("armed");
    }
}
