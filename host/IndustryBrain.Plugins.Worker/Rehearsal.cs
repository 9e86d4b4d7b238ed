using System.Text.Json;
using IndustryBrain.Plugins.Loading;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Worker;

/// <summary>A text.</summary>
internal sealed record Line(string Text = "");

/// <summary>Says what it is told.</summary>
[Component("worker.repeat", Zh = "复述", En = "Repeat", DescriptionZh = "复述。", DescriptionEn = "Repeats.")]
internal sealed class Repeat : ToolComponent<Line, Line>
{
    protected override ValueTask<Result<Line>> RunAsync(Line input, ComponentContext context, CancellationToken cancellationToken) => new(input);
}

/// <summary>Goes through what the first call of a plugin goes through, with a component of this program, while nobody waits: the code of it is compiled then.</summary>
internal static class Rehearsal
{
    public static async Task RunAsync(Conversation conversation)
    {
        try
        {
            await RepeatAsync(conversation).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever goes wrong here the first call meets too, and can say.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        // What it took goes back: a process may wait long for its plugin.
        IdleMemory.GiveBack();
    }

    private static async Task RepeatAsync(Conversation conversation)
    {
        using var loader = PluginAssembly.Open(typeof(Rehearsal).Assembly.Location);
        var components = new ComponentSet(PluginAssembly.Create(loader), JsonElement.Parse("{}"u8));
        using var call = new WorkerCall(0, "worker.repeat", new WorkerContext(conversation, new(), new(), 0, ""), int.MaxValue);
        await call.RunAsync(components, expressions: null, JsonElement.Parse("""{"text":"1"}"""u8)).ConfigureAwait(false);
    }
}
