namespace IndustryBrain.Scenarios.Tests;

/// <summary>How often a property is tried: a little with every run of the suite, much with <c>IB_TESTS_LONG=1</c>.</summary>
internal static class LongTests
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("IB_TESTS_LONG") == "1";

    public static int Iterations(int few, int many) => IsLong ? many : few;
}
