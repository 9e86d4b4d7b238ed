using System.Globalization;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace IndustryBrain.Expressions;

/// <summary>What scripts use of the .NET types that Elsa shows them. Objects of JavaScript: nothing of the host can be reached through them.</summary>
internal static class DotNetTypes
{
    private const string Random = "Random";

    /// <summary>True for the name of a type that <see cref="Create"/> makes.</summary>
    public static bool IsKnown(string name) => name is "TimeSpan" or "Guid" or "DateTime" or "DateTimeOffset" or Random;

    /// <summary>The object of that name; null when there is none.</summary>
    public static ObjectInstance? Create(Engine engine, string name, TimeProvider time) => name switch
    {
        "TimeSpan" => Of(
            engine,
            ("FromDays", args => Span(TimeSpan.TicksPerDay, args)),
            ("FromHours", args => Span(TimeSpan.TicksPerHour, args)),
            ("FromMinutes", args => Span(TimeSpan.TicksPerMinute, args)),
            ("FromSeconds", args => Span(TimeSpan.TicksPerSecond, args)),
            ("FromMilliseconds", args => Span(TimeSpan.TicksPerMillisecond, args)),
            ("Parse", args => TimeSpan.TryParse(Text(args), CultureInfo.InvariantCulture, out var span) ? Of(span) : throw new JavaScriptException("The text is no TimeSpan.")))
            .With("Zero", Of(TimeSpan.Zero)),
        "Guid" => Of(
            engine,
            ("NewGuid", _ => JsString.Create(Guid.NewGuid().ToString())),
            ("Parse", args => Guid.TryParse(Text(args), out var id) ? JsString.Create(id.ToString()) : throw new JavaScriptException("The text is no GUID.")))
            .With("Empty", JsString.Create(Guid.Empty.ToString())),
        "DateTime" or "DateTimeOffset" => Dates(engine, time.GetUtcNow().UtcDateTime),
        Random => new RandomConstructor(engine),
        _ => null,
    };

    private static JsObject Dates(Engine engine, DateTime utc)
    {
        var now = JsValue.FromObject(engine, utc);
        return Of(engine, ("Parse", args => DateTimeOffset.TryParse(Text(args), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
                ? JsValue.FromObject(engine, date.UtcDateTime)
                : throw new JavaScriptException("The text is no date.")))
            .With("Now", now).With("UtcNow", now).With("Today", JsValue.FromObject(engine, utc.Date));
    }

    private static JsObject Generator(Engine engine)
    {
        var random = new Random();
        return Of(
            engine,
            ("NextDouble", _ => JsNumber.Create(random.NextDouble())),
            ("Next", args => JsNumber.Create(args.Length > 1 ? Next(random, Number(args, 0), Number(args, 1)) : Next(random, 0, args.Length == 1 ? Number(args, 0) : int.MaxValue))));
    }

    private static long Next(Random random, double low, double high) =>
        low < high && Math.Abs(low) <= int.MaxValue && Math.Abs(high) <= int.MaxValue ? random.NextInt64((long)low, (long)high) : (long)Math.Clamp(low, int.MinValue, int.MaxValue);

    private static JsString Span(long ticks, JsValue[] args)
    {
        var total = Number(args, 0) * ticks;
        return double.IsFinite(total) && Math.Abs(total) < long.MaxValue ? Of(TimeSpan.FromTicks((long)total)) : throw new JavaScriptException("The number does not fit into a TimeSpan.");
    }

    private static JsString Of(TimeSpan span) => JsString.Create(span.ToString("c", CultureInfo.InvariantCulture));

    private static double Number(JsValue[] args, int index) => args.Length > index ? TypeConverter.ToNumber(args[index]) : 0;

    private static string Text(JsValue[] args) => args.Length > 0 ? TypeConverter.ToString(args[0]) : "";

    private static JsObject Of(Engine engine, params (string Name, Func<JsValue[], JsValue> Body)[] functions)
    {
        var type = new JsObject(engine);
        foreach (var (name, body) in functions)
            type.Set(name, new ClrFunction(engine, name, (_, args) => body([.. args])));
        return type;
    }

    private static JsObject With(this JsObject type, string name, JsValue value)
    {
        type.Set(name, value);
        return type;
    }

    private sealed class RandomConstructor(Engine engine) : Constructor(engine, Random)
    {
        public override ObjectInstance Construct(JsValue[] arguments, JsValue newTarget) => Generator(Engine);
    }
}
