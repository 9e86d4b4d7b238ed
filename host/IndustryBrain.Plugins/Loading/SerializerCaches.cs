using System.Reflection;
using System.Text.Json;

namespace IndustryBrain.Plugins.Loading;

/// <summary>Lets go of the types of an unloaded plugin that System.Text.Json has cached.</summary>
internal static class SerializerCaches
{
    // The runtime's own handler for hot reload; nothing public does this. Without it a plugin that was called once never unloads.
    private static readonly MethodInfo? ClearCache = typeof(JsonSerializer).Assembly
        .GetType("System.Text.Json.JsonSerializerOptionsUpdateHandler")?
        .GetMethod("ClearCache", BindingFlags.Public | BindingFlags.Static);

    public static void Clear() => ClearCache?.Invoke(null, [null]);
}
