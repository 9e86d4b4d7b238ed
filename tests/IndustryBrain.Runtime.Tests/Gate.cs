namespace IndustryBrain.Runtime.Tests;

/// <summary>Lets a test hold a component and see its calls. The component runs in another load context: what both share is the application domain's data.</summary>
internal static class Gate
{
    /// <summary>Makes a closed gate; the component's call waits at it.</summary>
    public static TaskCompletionSource Close(string name)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        AppDomain.CurrentDomain.SetData("gate:" + name, gate);
        AppDomain.CurrentDomain.SetData("arrived:" + name, new SemaphoreSlim(0));
        AppDomain.CurrentDomain.SetData("keys:" + name, new List<string>());
        return gate;
    }

    /// <summary>Waits until a call has come to the gate.</summary>
    public static async Task ArrivedAsync(string name, CancellationToken ct) =>
        Assert.True(await ((SemaphoreSlim)AppDomain.CurrentDomain.GetData("arrived:" + name)!).WaitAsync(TimeSpan.FromSeconds(20), ct), "No call came.");

    /// <summary>Idempotency keys of the calls so far.</summary>
    public static IReadOnlyList<string> Keys(string name)
    {
        var keys = (List<string>)AppDomain.CurrentDomain.GetData("keys:" + name)!;
        lock (keys)
        {
            return [.. keys];
        }
    }

    /// <summary>Lets the next calls of a component fail.</summary>
    public static void Break(string name, int times) => AppDomain.CurrentDomain.SetData("broken:" + name, new int[] { times });

    internal static bool Fails(string name) => AppDomain.CurrentDomain.GetData("broken:" + name) is int[] left && Interlocked.Decrement(ref left[0]) >= 0;

    internal static Task PassAsync(string name, string key, CancellationToken ct)
    {
        if (AppDomain.CurrentDomain.GetData("gate:" + name) is not TaskCompletionSource gate)
        {
            return Task.CompletedTask;
        }

        var keys = (List<string>)AppDomain.CurrentDomain.GetData("keys:" + name)!;
        lock (keys)
        {
            keys.Add(key);
        }

        ((SemaphoreSlim)AppDomain.CurrentDomain.GetData("arrived:" + name)!).Release();
        return gate.Task.WaitAsync(ct);
    }
}
