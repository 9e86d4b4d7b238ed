using System.Text.Json;

namespace IndustryBrain.Sdk.Testing.Conformance;

/// <summary>A cancelled call ends within a second.</summary>
internal static class CancellationRule
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Meanwhile = TimeSpan.FromMilliseconds(20);

    public static async Task CheckAsync(Subject subject, CancellationToken ct)
    {
        foreach (var input in subject.Inputs)
        {
            // What is compiled at the first call is compiled by now.
            await subject.CallAsync(input, ct).ConfigureAwait(false);
            await CheckAsync(subject, input, "开始之前", "before it began", (host, source) => source.Cancel(), ct).ConfigureAwait(false);
            await CheckAsync(subject, input, "使用能力时", "while it waited for the host", WaitAtFirstUse, ct).ConfigureAwait(false);
            await CheckAsync(subject, input, "计算时", "while it computed", (host, source) => source.CancelAfter(Meanwhile), ct).ConfigureAwait(false);
        }
    }

    // The host answers nothing until the token that the component has passed on is cancelled.
    private static void WaitAtFirstUse(FakeHost host, CancellationTokenSource source) => host.BeforeUse = async passed =>
    {
        await source.CancelAsync().ConfigureAwait(false);
        await Task.Delay(Timeout.InfiniteTimeSpan, passed).ConfigureAwait(false);
    };

    private static async Task CheckAsync(Subject subject, JsonElement input, string zh, string en, Action<FakeHost, CancellationTokenSource> cancel, CancellationToken ct)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var token = source.Token;

        // Who obeys for certain tells when a machine under load has come to it; the second counts from there.
        var canary = Subject.Start(async () =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        });
        var component = subject.Create();
        var host = subject.NewHost();
        cancel(host, source);
        var call = Subject.Start(() => host.CallAsync(component, input, token));
        await Task.WhenAny(call, canary).ConfigureAwait(false);
        await Task.WhenAny(call, Task.Delay(Limit, ct)).ConfigureAwait(false);
        await source.CancelAsync().ConfigureAwait(false);
        ct.ThrowIfCancellationRequested();
        if (!call.IsCompleted)
        {
            throw new ConformanceException(
                new($"{subject.Id} 在{zh}被取消，一秒之后仍未结束（输入 {Subject.Shown(input)}）。", $"{subject.Id} was cancelled {en} and has not ended a second later (input {Subject.Shown(input)})."),
                new("请把 cancellationToken 传给所有调用，并在循环中调用 cancellationToken.ThrowIfCancellationRequested()。", "Pass the cancellationToken on to all calls, and call cancellationToken.ThrowIfCancellationRequested() in loops."));
        }

        // A failure is an answer; so is the cancellation itself. Whatever else is thrown is a defect.
        if (call.Exception?.InnerException is { } thrown and not OperationCanceledException)
        {
            throw new ConformanceException(
                new($"{subject.Id} 在{zh}被取消，抛出 {thrown.GetType().Name}：{thrown.Message}。", $"{subject.Id} was cancelled {en} and throws {thrown.GetType().Name}: {thrown.Message}."),
                new("请让 OperationCanceledException 通过。", "Let the OperationCanceledException pass."));
        }
    }
}
