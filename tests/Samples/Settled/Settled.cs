using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Packaging;
using IndustryBrain.Sdk.Schemas;

[assembly: Plugin("Sample.Settled", "settled", Vendor = "Sample", Zh = "示例", En = "Sample", DescriptionZh = "测试用。", DescriptionEn = "For tests.")]
[assembly: Permission("files", "等待测试放行，并保存文件。", "Waits for the test, and saves files.", Targets = ["write"])]
[assembly: PluginSettings(typeof(Settled.Settings))]

namespace Settled;

/// <summary>The plugin's settings.</summary>
public sealed record Settings(
    [property: Label("名称", "Name")] string Name,
    [property: Label("说明", "Note"), Editor("textarea")] string? Note = null,
    [property: Label("停止方式", "How it stops")] string Stop = "",
    [property: Label("次数", "Count"), Range(1, 9)] int Count = 1);

/// <summary>Takes a file that the answer waits for.</summary>
public sealed record Question(FileReference? WaitsFor = null);

/// <summary>What the component was configured with, and which object of its class this is.</summary>
public sealed record Answer(string Name, int Configured, string Instance);

/// <summary>Tells its life.</summary>
[Component("settled.life", Zh = "生命周期", En = "Life", Icon = "icons/life.svg", CategoryZh = "示例", CategoryEn = "Samples", SearchWordsZh = "设置 停止", SearchWordsEn = "settings stop")]
public sealed class Life : ToolComponent<Question, Answer>
{
    private readonly string _instance = Guid.NewGuid().ToString("N");
    private Settings? _settings;
    private int _configured;

    /// <inheritdoc />
    public override ValueTask<Failure?> ConfigureAsync(JsonElement settings, CancellationToken cancellationToken)
    {
        _configured++;
        return new(ComponentJson.Read<Settings>(settings).TryGet(out _settings, out var failure) ? null : failure);
    }

    /// <inheritdoc />
    public override async ValueTask StopAsync(CancellationToken cancellationToken)
    {
        // What a test can see from outside a process: a file that appears, or a stop that takes for ever.
        if (_settings!.Stop == "never")
        {
            while (true)
            {
                Thread.SpinWait(1_000);
            }
        }

        if (_settings.Stop.Length > 0)
        {
            // A file of its own for each stop: two objects may stop at the same time.
            await using var mark = new FileStream(Path.Combine(_settings.Stop, $"{_settings.Name}-{Guid.NewGuid():N}"), FileMode.CreateNew);
        }
    }

    /// <inheritdoc />
    protected override async ValueTask<Result<Answer>> RunAsync(Question input, ComponentContext context, CancellationToken cancellationToken)
    {
        if (input.WaitsFor is { } file && (await context.OpenFileAsync(file, cancellationToken).ConfigureAwait(false)).TryGet(out var opened, out _))
        {
            await opened.DisposeAsync().ConfigureAwait(false);
        }

        return new Answer(_settings!.Name, _configured, _instance);
    }
}

/// <summary>How many lines to save, and whether it gives up in the middle.</summary>
public sealed record Order(int Lines, bool Throws = false);

/// <summary>The saved file.</summary>
public sealed record Saved(FileReference File);

/// <summary>Saves a file of the run.</summary>
[Component("settled.save", Zh = "保存文件", En = "Save a file")]
public sealed class Save : ToolComponent<Order, Saved>
{
    /// <inheritdoc />
    protected override async ValueTask<Result<Saved>> RunAsync(Order input, ComponentContext context, CancellationToken cancellationToken)
    {
        context.Log(ComponentLogLevel.Information, "Saves.", ("lines", input.Lines), ("name", "lines.txt"));
        var saved = await context.SaveFileAsync("lines.txt", WriteAsync, cancellationToken).ConfigureAwait(false);
        return saved.TryGet(out var file, out var failure) ? new Saved(file) : failure;

        async Task WriteAsync(Stream stream, CancellationToken ct)
        {
            for (var i = 0; i < input.Lines; i++)
            {
                await stream.WriteAsync("0123456789abcde\n"u8.ToArray(), ct).ConfigureAwait(false);
            }

            if (input.Throws)
            {
                throw new FailureException(new("Sample.Settled:GAVE_UP", LocalizedText.Same("gave up")) { IsTransient = true });
            }
        }
    }
}
