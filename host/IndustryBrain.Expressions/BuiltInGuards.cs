using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace IndustryBrain.Expressions;

/// <summary>Bounds the built-ins that make much out of little in one call, where no limit of the interpreter is looked at.</summary>
internal static class BuiltInGuards
{
    private const int EnoughLength = 64 * 1024 * 1024;
    private const int LongestJson = 16 * 1024 * 1024;
    private const int DeepestJson = 64;

    // Typed arrays take memory that is not counted, a realm of its own has no guards, and one operation on long integers can take minutes.
    private static readonly string[] Removed =
    [
        "ArrayBuffer", "SharedArrayBuffer", "DataView", "Atomics", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array",
        "Int32Array", "Uint32Array", "Float16Array", "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array", "TypedArray",
        "BigInt", "Temporal", "ShadowRealm", "System", "importNamespace", "clrHelper",
    ];

    public static void Install(Engine engine, int limit)
    {
        foreach (var name in Removed)
            engine.Global.Delete(name);
        engine.GetValue("Date").AsObject().Get("prototype").AsObject().Delete("toTemporalInstant");
        var text = (ObjectInstance)engine.GetValue("String").AsObject().Get("prototype");
        Guard(engine, text, "repeat", limit, static (self, args) => Length(self) * Number(args, 0));
        Guard(engine, text, "padStart", limit, static (_, args) => Number(args, 0));
        Guard(engine, text, "padEnd", limit, static (_, args) => Number(args, 0));
        Guard(engine, text, "replaceAll", limit, static (self, args) => (Length(self) + 1) * (Length(args, 1) + 1));
        Guard(engine, text, "replace", limit, static (self, args) => (Length(self) + 1) * (Length(args, 1) + 1));
        Guard(engine, text, "concat", limit, static (self, args) => Length(self) + args.Sum(a => (double)Length(a)));
        var array = (ObjectInstance)engine.GetValue("Array").AsObject().Get("prototype");
        Guard(engine, array, "join", limit, (self, args) => Joined(self, args.Length > 0 && args[0].IsString() ? Length(args[0]) : 1, limit));
        var json = engine.GetValue("JSON").AsObject();
        Guard(engine, json, "stringify", limit, (_, args) => args.Length > 0 ? JsonSize(args[0], limit) : 0);
    }

    /// <summary>Refuses a value whose JSON would be too long or too deep, before it is made.</summary>
    public static void CheckJsonSize(JsValue value)
    {
        if (JsonSize(value, LongestJson) > LongestJson)
            throw new MemoryLimitExceededException("The value is too large.");
    }

    private static void Guard(Engine engine, ObjectInstance owner, string name, int limit, Func<JsValue, JsValue[], double> size)
    {
        var original = owner.Get(name);
        owner.FastSetDataProperty(name, new ClrFunction(engine, name, (self, args) =>
            size(self, args) > limit ? throw new MemoryLimitExceededException($"{name} would make a value of more than {limit} elements.") : engine.Invoke(original, self, [.. args])));
    }

    private static double Number(JsValue[] args, int index) => args.Length > index && args[index].IsNumber() ? args[index].AsNumber() : args.Length > index ? TypeConverter.ToNumber(args[index]) : 0;

    private static long Length(JsValue value) => value.IsString() ? value.AsString().Length : value is JsArray array ? (long)Joined(array, 1, EnoughLength) : 64;

    private static long Length(JsValue[] args, int index) => args.Length > index && args[index].IsString() ? args[index].AsString().Length : 0;

    private static double Joined(JsValue self, long separator, double enough)
    {
        if (self is not JsArray array)
            return 0;
        double size = 0;
        for (uint i = 0; i < array.Length && size <= enough; i++)
            size += separator + (array[i] is { } item && item.IsString() ? item.AsString().Length : 8);
        return size;
    }

    // A lower bound of the text, by own data. Unwinding from far below takes longer than any limit: depth is judged here.
    private static double JsonSize(JsValue value, double enough, int depth = 0)
    {
        if (value.IsString())
            return value.AsString().Length;
        if (value is not ObjectInstance o)
            return 4;
        if (depth >= DeepestJson)
            throw new JavaScriptException("The value is cyclic, or nests too deep for JSON.");
        double size = 2;
        if (o is JsArray array)
        {
            for (uint i = 0; i < array.Length && size <= enough; i++)
                size += array[i] is { } item ? JsonSize(item, enough - size, depth + 1) + 1 : 5;
            return size;
        }

        foreach (var (_, property) in o.GetOwnProperties())
        {
            if (property.IsDataDescriptor() && property.Value is { } member)
                size += JsonSize(member, enough - size, depth + 1) + 1;
            if (size > enough)
                break;
        }

        return size;
    }
}
