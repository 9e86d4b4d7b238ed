using IndustryBrain.Sdk.Components;

namespace Hostile;

/// <summary>Looks for the code of the host by reflection.</summary>
[Component("hostile.host-types", Zh = "寻找宿主类型", En = "Types of the host")]
public sealed class HostTypes : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        var host = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(a => a.GetName().Name == "IndustryBrain.Plugins") ?? throw new UnauthorizedAccessException("No host here.");
        return Task.FromResult(host.GetTypes().Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}

/// <summary>Takes a secret out of the memory of the host, by reflection.</summary>
[Component("hostile.host-statics", Zh = "读宿主静态字段", En = "Statics of the host")]
public sealed class HostStatics : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        var found = AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetType("IndustryBrain.Escape.Tests.Victim")).FirstOrDefault(t => t is not null) ?? throw new UnauthorizedAccessException("No host here.");
        return Task.FromResult((string)found.GetField("InMemory")!.GetValue(null)!);
    }
}

/// <summary>Reads the environment that the host was started with.</summary>
[Component("hostile.host-variables", Zh = "宿主进程变量", En = "Variables of the host")]
public sealed class HostVariables : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context) => Task.FromResult(Environment.GetEnvironmentVariable("IB_ESCAPE_SECRET") ?? throw new UnauthorizedAccessException("No such variable here."));
}
