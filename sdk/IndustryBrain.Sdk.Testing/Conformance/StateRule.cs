using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace IndustryBrain.Sdk.Testing.Conformance;

/// <summary>Calls are independent of one another.</summary>
internal static class StateRule
{
    private const int SideBySide = 4;

    public static async Task CheckAsync(Subject subject, CancellationToken ct)
    {
        var before = Ambient();
        var alone = new List<ComponentCall>();
        foreach (var input in subject.Inputs)
        {
            alone.Add(await subject.CallAsync(input, ct).ConfigureAwait(false));
        }

        var shared = subject.Create();
        await InOrderAsync().ConfigureAwait(false);
        var statics = Statics(subject.Type);
        await CompareAsync("重复调用之后", "after calls before it", (await InOrderAsync().ConfigureAwait(false)).Zip(alone)).ConfigureAwait(false);
        await subject.CallAsync(shared, subject.NewHost(), CallOutcome.Nonsense, ct).ConfigureAwait(false);
        await CompareAsync("坏输入之后", "after input that it refused", (await InOrderAsync().ConfigureAwait(false)).Zip(alone)).ConfigureAwait(false);

        var calls = Enumerable.Range(0, SideBySide).SelectMany(_ => subject.Inputs.Index()).Select(async i => (Found: await subject.CallAsync(shared, subject.NewHost(), i.Item, ct).ConfigureAwait(false), Alone: alone[i.Index]));
        await CompareAsync("并行调用时", "beside other calls", await Task.WhenAll(calls).ConfigureAwait(false)).ConfigureAwait(false);

        // Results that may change tell nothing of what is kept.
        if (Statics(subject.Type).FirstOrDefault(field => !Equals(field.Value, statics.GetValueOrDefault(field.Key))) is { Key: { } kept })
        {
            throw new ConformanceException(
                new($"{subject.Id} 的调用改变了静态变量 {kept.DeclaringType?.Name}.{kept.Name}。", $"Calls of {subject.Id} change the static field {kept.DeclaringType?.Name}.{kept.Name}."),
                new("请不要在静态变量中保留调用之间的数据；共用的在 ConfigureAsync 中放入 readonly 字段。", "Keep nothing of a call in statics; what calls share is opened in ConfigureAsync."));
        }

        if (Ambient() is var after && after != before)
        {
            throw new ConformanceException(
                new($"{subject.Id} 改变了进程的当前目录或默认区域：{before} → {after}。", $"{subject.Id} changes the process's current directory or default culture: {before} → {after}."),
                new("请把目录与 CultureInfo 作为参数传递。", "Pass folders and a CultureInfo as arguments."));
        }

        async Task<List<ComponentCall>> InOrderAsync()
        {
            var made = new List<ComponentCall>();
            foreach (var input in subject.Inputs)
            {
                made.Add(await subject.CallAsync(shared, subject.NewHost(), input, ct).ConfigureAwait(false));
            }

            return made;
        }

        Task CompareAsync(string zh, string en, IEnumerable<(ComponentCall Found, ComponentCall Alone)> pairs)
        {
            var different = pairs.Select(p => CallOutcome.Difference(p.Alone, p.Found, subject.Declared.IsDeterministic)).FirstOrDefault(d => d is not null);
            return different is null ? Task.CompletedTask : throw new ConformanceException(
                new($"{subject.Id} {zh}对相同输入的回答不同：{different}。", $"{subject.Id} answers the same input otherwise {en}: {different}."),
                new("请不要在字段或静态变量中保留调用之间的数据；共用的只在 ConfigureAsync 中打开。结果本来就会变的，请声明 IsDeterministic = false。", "Keep nothing of a call in fields or statics; open what calls share in ConfigureAsync only. Where results do change, declare IsDeterministic = false."));
        }
    }

    // Those of its class that a call may set; what a compiler keeps for itself is not the vendor's, and other classes may be at work beside it.
    private static Dictionary<FieldInfo, object?> Statics(Type component) => component.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic).Append(component)
        .Where(type => !type.ContainsGenericParameters && !type.IsDefined(typeof(CompilerGeneratedAttribute)))
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(field => !field.IsLiteral && !field.IsInitOnly && !field.IsDefined(typeof(CompilerGeneratedAttribute)) && !field.IsDefined(typeof(ThreadStaticAttribute)))
        .ToDictionary(field => field, field => field.GetValue(null));

    private static string Ambient() => $"{Environment.CurrentDirectory}, {CultureInfo.DefaultThreadCurrentCulture?.Name ?? "–"}, {CultureInfo.DefaultThreadCurrentUICulture?.Name ?? "–"}";
}
