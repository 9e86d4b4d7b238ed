using IndustryBrain.Plugins.Calls;
using IndustryBrain.Plugins.Isolation;

namespace IndustryBrain.Plugins.Tests.Limits;

/// <summary>What all organizations share, one cannot take for itself.</summary>
public sealed class FairnessTests
{
    private static readonly TimeSpan NoTime = TimeSpan.Zero;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_OfOneOrganization_LeaveRoomForAnother()
    {
        var gates = new CallGates(TimeProvider.System);
        for (var i = 0; i < 3; i++)
        {
            Assert.NotNull(await gates.EnterAsync("Acme.Rain", "greedy", 4, NoTime, Ct));
        }

        Assert.Null(await gates.EnterAsync("Acme.Rain", "greedy", 4, NoTime, Ct));
        Assert.NotNull(await gates.EnterAsync("Acme.Rain", "other", 4, NoTime, Ct));
        Assert.Null(await gates.EnterAsync("Acme.Rain", "third", 4, NoTime, Ct));
    }

    [Fact]
    public async Task Calls_ThatWait_AreServedByWhoHoldsFewest_NotByWhoAskedMost()
    {
        var gate = new CallGate(2);
        Assert.True(gate.TryEnter("greedy") && gate.TryEnter("greedy"));
        var queue = Enumerable.Range(0, 100).Select(_ => gate.WaitAsync("greedy", Ct)).ToList();
        using var givenUp = new CancellationTokenSource();
        var leaves = gate.WaitAsync("other", givenUp.Token);
        var other = gate.WaitAsync("other", Ct);

        await givenUp.CancelAsync();
        gate.Leave("greedy");
        await other.WaitAsync(TimeSpan.FromSeconds(10), Ct);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves);
        Assert.All(queue, waiting => Assert.False(waiting.IsCompleted));
        gate.Leave("other");
        await queue[0].WaitAsync(TimeSpan.FromSeconds(10), Ct);
        Assert.False(queue[1].IsCompleted);
    }

    [Fact]
    public void Outputs_OfOneOrganization_LeaveRoomForAnother()
    {
        var held = new HeldBytes(400);

        Assert.True(held.TryEnter("greedy", 200, NoTime));
        Assert.False(held.TryEnter("greedy", 101, NoTime));
        Assert.True(held.TryEnter("greedy", 100, NoTime));
        Assert.True(held.TryEnter("other", 100, NoTime));
        Assert.False(held.TryEnter("third", 1, NoTime));
        held.Leave("greedy", 300);
        Assert.True(held.TryEnter("third", 1, NoTime));
    }

    [Fact]
    public async Task Outputs_WithoutRoom_WaitForIt()
    {
        var held = new HeldBytes(100);

        // One of any size, where nothing else is held.
        Assert.True(held.TryEnter("demo", 1_000, NoTime));
        var waits = Task.Run(() => held.TryEnter("other", 50, TimeSpan.FromSeconds(30)), Ct);
        held.Leave("demo", 1_000);

        Assert.True(await waits);
    }
}
