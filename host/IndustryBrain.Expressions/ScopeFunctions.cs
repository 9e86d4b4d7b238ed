using System.Collections.Frozen;
using System.Text;
using IndustryBrain.Scenarios.Expressions;
using Jint;
using Jint.Native;
using Jint.Native.Json;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace IndustryBrain.Expressions;

/// <summary>The functions that a script can call; each is made when a source names it.</summary>
internal sealed class ScopeFunctions
{
    private static readonly FrozenDictionary<string, Func<ScopeFunctions, JsValue[], JsValue>> All = Create().ToFrozenDictionary(StringComparer.Ordinal);

    private readonly Engine _engine;
    private List<string>? _outcomes;
    private bool _isScript;

    public ScopeFunctions(Engine engine) => (_engine, Scope) = (engine, null!);

    public static IReadOnlyCollection<string> Names => All.Keys;

    public IReadOnlyList<string>? Outcomes => _outcomes;

    private IExpressionScope Scope { get; set; }

    /// <summary>True for a call that a pure source may make: one of ours that changes nothing in the engine.</summary>
    public static bool IsCallOf(string name) => All.ContainsKey(name);

    /// <summary>True for the names that have accessors: a letter, then letters and digits.</summary>
    public static bool IsPlainName(string name) => name.Length > 0 && char.IsLetter(name[0]) && name.All(char.IsLetterOrDigit);

    public void Begin(IExpressionScope scope, bool isScript) => (Scope, _isScript, _outcomes) = (scope, isScript, null);

    /// <summary>The function of this name, or null when there is none.</summary>
    public ClrFunction? Create(string name)
    {
        if (All.TryGetValue(name, out var body))
            return name.StartsWith("setOutcome", StringComparison.Ordinal) && !_isScript ? null : Function(name, args => body(this, args));
        return Accessor(name) is null ? null : Function(name, args => (Accessor(name) ?? throw new JavaScriptException($"{name} is not defined"))(args));
    }

    private ClrFunction Function(string name, Func<JsValue[], JsValue> body) => new(_engine, name, (_, args) => body([.. args]));

    // An input's name is used unchanged, a variable's with its first letter in upper case.
    private Func<JsValue[], JsValue>? Accessor(string name)
    {
        var (prefix, rest) = (name[..3], name[3..]);
        foreach (var variable in Scope.VariableNames)
        {
            if (!IsPlainName(variable) || !IsPascalOf(rest, variable))
                continue;
            return prefix == "get"
                ? _ => GetVariable(variable)
                : args => SetVariable(variable, Argument(args, 0));
        }

        if (prefix != "get")
            return null;
        if (Scope.InputNames.Contains(rest))
            return _ => JavaScriptValues.To(_engine, Scope.GetInput(rest));
        return Scope.TryFindOutputAccessor(name, out var activity, out var output) ? _ => GetOutput(activity, output) : null;
    }

    private static bool IsPascalOf(string pascal, string name) =>
        pascal.Length == name.Length && pascal[0] == char.ToUpperInvariant(name[0]) && pascal.AsSpan(1).SequenceEqual(name.AsSpan(1));

    private JsValue GetVariable(string name) => Scope.TryGetVariable(name, out var value) ? JavaScriptValues.To(_engine, value) : JsValue.Null;

    private JsValue SetVariable(string name, JsValue value)
    {
        Scope.SetVariable(name, JavaScriptValues.From(_engine, value));
        return JsValue.Undefined;
    }

    private JsValue GetOutput(string activity, string output) =>
        Scope.TryGetOutput(activity, output, out var value) ? JavaScriptValues.To(_engine, value) : throw new JavaScriptException($"Activity {activity} not found.");

    private static JsValue Argument(JsValue[] args, int index) => args.Length > index ? args[index] : JsValue.Undefined;

    private static string? Text(JsValue[] args, int index)
    {
        var value = Argument(args, index);
        return value.IsNull() || value.IsUndefined() ? null : TypeConverter.ToString(value);
    }

    private static JsValue Of(string? text) => text is null ? JsValue.Null : JsString.Create(text);

    private JsValue AddOutcome(JsValue value)
    {
        if (value is JsArray array)
        {
            foreach (var item in array)
                (_outcomes ??= []).Add(TypeConverter.ToString(item));
        }
        else
        {
            (_outcomes ??= []).Add(TypeConverter.ToString(value));
        }

        return JsValue.Undefined;
    }

    private JsValue ToJson(JsValue value)
    {
        BuiltInGuards.CheckJsonSize(value);
        return new JsonSerializer(_engine).Serialize(value);
    }

    private static string ShortGuid() => Convert.ToBase64String(Guid.NewGuid().ToByteArray()).Replace('/', '_').Replace('+', '-')[..22];

    private static IEnumerable<KeyValuePair<string, Func<ScopeFunctions, JsValue[], JsValue>>> Create()
    {
        yield return new("getVariable", static (f, a) => f.GetVariable(Text(a, 0) ?? ""));
        yield return new("setVariable", static (f, a) => f.SetVariable(Text(a, 0) ?? "", Argument(a, 1)));
        yield return new("getInput", static (f, a) => JavaScriptValues.To(f._engine, f.Scope.GetInput(Text(a, 0) ?? "")));
        yield return new("getOutputFrom", static (f, a) => f.GetOutput(Text(a, 0) ?? "", Text(a, 1) ?? "Result"));
        yield return new("getLastResult", static (f, _) => JavaScriptValues.To(f._engine, f.Scope.LastResult));
        yield return new("getWorkflowDefinitionId", static (f, _) => Of(f.Scope.DefinitionId));
        yield return new("getWorkflowDefinitionVersionId", static (f, _) => Of(f.Scope.DefinitionVersionId));
        yield return new("getWorkflowDefinitionVersion", static (f, _) => JsNumber.Create(f.Scope.DefinitionVersion));
        yield return new("getWorkflowInstanceId", static (f, _) => Of(f.Scope.RunId));
        yield return new("getWorkflowInstanceName", static (f, _) => Of(f.Scope.Name));
        yield return new("setWorkflowInstanceName", static (f, a) => Set(() => f.Scope.Name = Text(a, 0)));
        yield return new("getCorrelationId", static (f, _) => Of(f.Scope.CorrelationId));
        yield return new("setCorrelationId", static (f, a) => Set(() => f.Scope.CorrelationId = Text(a, 0)));
        yield return new("isNullOrWhiteSpace", static (_, a) => string.IsNullOrWhiteSpace(Text(a, 0)) ? JsBoolean.True : JsBoolean.False);
        yield return new("isNullOrEmpty", static (_, a) => string.IsNullOrEmpty(Text(a, 0)) ? JsBoolean.True : JsBoolean.False);
        yield return new("toJson", static (f, a) => f.ToJson(Argument(a, 0)));
        yield return new("parseGuid", static (_, a) => Guid.TryParse(Text(a, 0), out var id) ? Of(id.ToString()) : throw new JavaScriptException("The text is no GUID."));
        yield return new("newGuid", static (_, _) => Of(Guid.NewGuid().ToString()));
        yield return new("newGuidString", static (_, _) => Of(Guid.NewGuid().ToString()));
        yield return new("getGuidString", static (_, _) => Of(Guid.NewGuid().ToString()));
        yield return new("newShortGuid", static (_, _) => Of(ShortGuid()));
        yield return new("getShortGuid", static (_, _) => Of(ShortGuid()));
        yield return new("bytesToString", static (_, a) => Of(Encoding.UTF8.GetString(JavaScriptValues.ToBytes(Argument(a, 0)))));
        yield return new("bytesFromString", static (f, a) => JavaScriptValues.FromBytes(f._engine, Encoding.UTF8.GetBytes(Text(a, 0) ?? "")));
        yield return new("bytesToBase64", static (_, a) => Of(Convert.ToBase64String(JavaScriptValues.ToBytes(Argument(a, 0)))));
        yield return new("bytesFromBase64", static (f, a) => JavaScriptValues.FromBytes(f._engine, Convert.FromBase64String(Text(a, 0) ?? "")));
        yield return new("stringToBase64", static (_, a) => Of(Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(a, 0) ?? ""))));
        yield return new("stringFromBase64", static (_, a) => Of(Encoding.UTF8.GetString(Convert.FromBase64String(Text(a, 0) ?? ""))));
        yield return new("streamToBytes", static (f, a) => JavaScriptValues.FromBytes(f._engine, JavaScriptValues.ToBytes(Argument(a, 0))));
        yield return new("streamToBase64", static (_, a) => Of(Convert.ToBase64String(JavaScriptValues.ToBytes(Argument(a, 0)))));
        yield return new("setOutcome", static (f, a) => f.AddOutcome(Argument(a, 0)));
        yield return new("setOutcomes", static (f, a) => f.AddOutcome(Argument(a, 0)));
    }

    private static JsValue Set(Action set)
    {
        set();
        return JsValue.Undefined;
    }
}
