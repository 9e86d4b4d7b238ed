using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.Tests.Loading;

public sealed class LogLineTests
{
    [Theory]
    [InlineData("Gauge {Station} read", "Gauge north read rows=3")]
    [InlineData("{rows} rows of {Station}, {Station} again", "3 rows of north, north again")]
    [InlineData("Nothing named, {Other}", "Nothing named, {Other} Station=north rows=3")]
    public void Entry_AsText_HasItsValuesWhereTheyAreNamed(string message, string text) =>
        Assert.Equal(text, new ComponentLogEntry(ComponentLogLevel.Information, message) { Properties = new Dictionary<string, string> { ["Station"] = "north", ["rows"] = "3" } }.ToString());
}
