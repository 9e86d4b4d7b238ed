using System.Reflection;
using System.Text.Json;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Packaging;
using IndustryBrain.Sdk.Schemas;

namespace IndustryBrain.Sdk.Testing.Conformance;

/// <summary>The component that is looked at, and how it is called.</summary>
internal sealed class Subject
{
    private readonly Action<FakeHost> _prepare;
    private readonly JsonElement? _settings;

    public Subject(Type type, IReadOnlyList<object> inputs, Action<FakeHost> prepare, object? settings, TimeSpan callLimit)
    {
        (Type, _prepare, CallLimit) = (type, prepare, callLimit);
        _settings = settings is null ? null : FakeHost.ToJson(settings);
        Declared = type.GetCustomAttribute<ComponentAttribute>(inherit: false) ?? throw new ConformanceException(
            new($"{type.Name} 没有 [Component]。", $"{type.Name} has no [Component]."),
            new("请加上 [Component(\"前缀.名称\", …)]。", "Add [Component(\"prefix.name\", …)]."));
        var component = Create();
        (InputType, OutputType) = (component.InputType, component.OutputType);
        InputSchema = Schema(InputType, "输入", "input");
        OutputSchema = Schema(OutputType, "输出", "output");
        Inputs = inputs.Count > 0 ? [.. inputs.Select(FakeHost.ToJson)] : [ExampleInput.Of(InputSchema, NewHost().Files.First)];
    }

    public Type Type { get; }

    public ComponentAttribute Declared { get; }

    public Type InputType { get; }

    public Type OutputType { get; }

    public JsonElement InputSchema { get; }

    public JsonElement OutputSchema { get; }

    public IReadOnlyList<JsonElement> Inputs { get; }

    public TimeSpan CallLimit { get; }

    /// <summary>Id of the component, as messages name it.</summary>
    public string Id => Declared.Id;

    /// <summary>Id of its plugin; null when its assembly is none.</summary>
    public string? PluginId => Type.Assembly.GetCustomAttribute<PluginAttribute>()?.Id;

    public Component Create() => (Component)Activator.CreateInstance(Type)!;

    /// <summary>A host as the vendor has prepared it.</summary>
    public FakeHost NewHost(Action<FakeHost>? first = null)
    {
        var host = new FakeHost(Type) { Settings = _settings };
        first?.Invoke(host);
        _prepare(host);
        return host;
    }

    /// <summary>Calls an object of the component, on a thread of its own, for as long as a call may take.</summary>
    /// <exception cref="ConformanceException">It throws or hangs.</exception>
    public async Task<ComponentCall> CallAsync(Component component, FakeHost host, JsonElement input, CancellationToken ct)
    {
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var call = Start(() => host.CallAsync(component, input, stopped.Token));
        try
        {
            return await call.WaitAsync(CallLimit, ct).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!call.IsCompleted)
        {
            await stopped.CancelAsync().ConfigureAwait(false);
            throw new ConformanceException(
                new($"{Id} 在 {CallLimit.TotalSeconds:0.###} 秒内没有回答输入 {Shown(input)}。", $"{Id} has not answered the input {Shown(input)} within {CallLimit.TotalSeconds:0.###} s."),
                new("请用 [Range]、[MaxLength] 限制输入，并在循环中查看 cancellationToken；确实需要更久时覆盖 CallLimit。", "Bound the input with [Range] or [MaxLength] and look at the cancellationToken in loops; override CallLimit when it does need longer."));
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            throw new ConformanceException(
                new($"{Id} 对输入 {Shown(input)} 抛出 {e.GetType().Name}：{e.Message}{Place(e)}。", $"{Id} throws {e.GetType().Name} for the input {Shown(input)}: {e.Message}{Place(e)}."),
                new("预料中的失败请返回 Refusals 或自己的 Failure，不要抛出。", "Return expected failures as Refusals or a Failure of your own; do not throw them."));
        }
    }

    public Task<ComponentCall> CallAsync(JsonElement input, CancellationToken ct) => CallAsync(Create(), NewHost(), input, ct);

    /// <summary>Begins work on a thread of its own: whoever hangs holds none that others need.</summary>
    public static Task<T> Start<T>(Func<Task<T>> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();

    /// <summary>JSON for a message.</summary>
    public static string Shown(JsonElement json)
    {
        const int Most = 300;
        var text = json.GetRawText();
        return text.Length <= Most ? text : string.Concat(text.AsSpan(0, Most), "…");
    }

    private JsonElement Schema(Type type, string zh, string en)
    {
        try
        {
            return ComponentSchema.Of(type);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            throw new ConformanceException(
                new($"{Id} 的{zh}记录 {type.Name} 得不到模式：{e.Message}。", $"The {en} record {type.Name} of {Id} has no schema: {e.Message}."),
                new("请只用记录、列表、字典、数、文本、日期，[Example] 须为 JSON。", "Use records, lists, dictionaries, numbers, texts and dates; an [Example] has to be JSON."));
        }
    }

    private string Place(Exception e)
    {
        var line = e.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains(Type.Namespace ?? Type.Name, StringComparison.Ordinal) && !l.Contains(typeof(Subject).Namespace!, StringComparison.Ordinal))?.Trim();
        return line is null ? "" : $" ({line})";
    }
}
