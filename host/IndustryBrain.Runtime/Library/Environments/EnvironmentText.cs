using IndustryBrain.Sdk;

namespace IndustryBrain.Runtime.Library.Environments;

/// <summary>What environments are called.</summary>
public static class EnvironmentText
{
    private static readonly LocalizedText Test = new("测试环境", "Test");
    private static readonly LocalizedText Production = new("生产环境", "Production");

    /// <summary>The environment's name for people.</summary>
    public static LocalizedText Of(string environment) => environment == ScenarioEnvironments.Test ? Test : Production;
}
