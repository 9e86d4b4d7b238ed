using System.Reflection;
using System.Runtime.Loader;

namespace IndustryBrain.Expressions.CSharp;

/// <summary>A compiled source in a load context of its own. Its guard is one token a module: one evaluation at a time.</summary>
internal sealed class LoadedSource : IDisposable
{
    private readonly AssemblyLoadContext _context = new(null, isCollectible: true);
    private readonly ConstructorInfo _constructor;
    private readonly FieldInfo _token;

    public LoadedSource(byte[] image)
    {
        using var stream = new MemoryStream(image);
        var assembly = _context.LoadFromStream(stream);
        _constructor = assembly.GetType("Compiled.Source", throwOnError: true)!.GetConstructors()[0];
        _token = assembly.GetTypes()
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
            .First(f => f.FieldType == typeof(CancellationToken));
    }

    public object? Run(ScriptCall call, CancellationToken ct)
    {
        _token.SetValue(null, ct);
        return ((ScriptAccess)_constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [call], null)).Run();
    }

    public void Dispose() => _context.Unload();
}
