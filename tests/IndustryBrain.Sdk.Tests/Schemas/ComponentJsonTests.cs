using System.Text.Json;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Schemas;

namespace IndustryBrain.Sdk.Tests.Schemas;

public sealed class ComponentJsonTests
{
    private static Result<T> Read<T>(string json)
        where T : notnull
    {
        using var document = JsonDocument.Parse(json);
        return ComponentJson.Read<T>(document.RootElement);
    }

    [Theory]
    [InlineData("""{"horizon":3}""", "IB7101", "activity")]
    [InlineData("""{"activity":[{"item":"a"}],"horizon":3}""", "IB7101", "activity[0].quantity")]
    [InlineData("""{"activity":[{"item":null,"quantity":1}],"horizon":3}""", "IB7101", "activity[0].item")]
    [InlineData("""{"activity":"x","horizon":3}""", "IB7102", "activity")]
    [InlineData("""{"activity":[{"item":"a","quantity":"12 t"}],"horizon":3}""", "IB7102", "activity[0].quantity")]
    [InlineData("""{"activity":[{"item":"a","quantity":1}],"horizon":3.5}""", "IB7102", "horizon")]
    [InlineData("""{"activity":[{"item":"a","quantity":1}],"horizon":99999999999}""", "IB7105", "horizon")]
    [InlineData("""{"activity":[{"item":"a","quantity":1}],"horizon":3,"method":"triple"}""", "IB7102", "method")]
    [InlineData("""{"activity":[{"item":"a","quantity":1}],"horizon":3,"asOf":"2026-02-30"}""", "IB7102", "asOf")]
    [InlineData("""{"activity":[{"item":"a","quantity":1}],"horizon":3,"file":"x.csv"}""", "IB7102", "file")]
    [InlineData("""{"activity":[{"item":"a","quantity":1}],"horizon":3,"key":"x"}""", "IB7102", "key")]
    [InlineData("""{"activity":[{"item":"a","quantity":"NaN"}],"horizon":3}""", "IB7104", "activity[0].quantity")]
    [InlineData("""{"activity":[{"item":"a","quantity":1}],"horizon":3,"series":[1,""]}""", "IB7104", "series[1]")]
    [InlineData("""{"activity":[{"item":"a","quantity":1e999}],"horizon":3}""", "IB7104", "activity[0].quantity")]
    [InlineData("""{"activity":[{"item":"a","quantity":0}],"horizon":3}""", "IB7105", "activity[0].quantity")]
    [InlineData("""{"activity":[{"item":"a","quantity":1}],"horizon":0}""", "IB7105", "horizon")]
    [InlineData("""{"activity":[],"horizon":3}""", "IB7106", "activity")]
    [InlineData("""[1]""", "IB7102", "input")]
    public void Read_WhatDoesNotFit_NamesTheMember(string json, string code, string where)
    {
        var failure = Read<Sample>(json).Failure;

        Assert.Equal((code, where), (failure?.Code, failure?.Where));
        Assert.DoesNotContain("System.", failure!.Message.En, StringComparison.Ordinal);
        Assert.DoesNotContain("IndustryBrain", failure.Message.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"activity":"\u7535\u529b","horizon":3}""", "「activity」应为列表，得到的是：'\"电力\"'。")]
    [InlineData("""{"activity":{"\u7535":"\u0022\n"},"horizon":3}""", """「activity」应为列表，得到的是：'{"电":"\"\n"}'。""")]
    [InlineData("""{"activity":"\ud800","horizon":3}""", """「activity」应为列表，得到的是：'"\ud800"'。""")]
    public void Read_WhatIsWrittenWithEscapes_IsShownWithItsCharacters(string json, string zh) => Assert.Equal(zh, Read<Sample>(json).Failure?.Message.Zh);

    [Fact]
    public void Read_DefaultsGapsAndUnknownMembers_AreTaken()
    {
        Assert.True(Read<Sample>("""{"Activity":[{"item":"a","quantity":1,"more":2}],"horizon":3,"series":[1,null],"other":{}}""").TryGet(out var sample, out var failure), failure?.Message.En);

        Assert.Equal(Method.DoubleExponential, sample.Method);
        Assert.Equal([1.0, null], sample.Series!);
    }

    [Fact]
    public void Write_AbsentValues_CanBeReadBack()
    {
        var written = new KnowledgeAnswer<double>(5, null, new("来源", "1", new DateOnly(2024, 1, 1), null, KnowledgeStatus.Confirmed));

        Assert.True(ComponentJson.Write(written).TryGet(out var json, out _));
        Assert.False(json.TryGetProperty("unit", out _));
        Assert.True(ComponentJson.Read<KnowledgeAnswer<double>>(json).TryGet(out var read, out var failure), failure?.Message.En);

        Assert.Equal(written, read);
    }

    [Fact]
    public void Write_NotANumber_IsRefused() => Assert.Equal("IB7104", ComponentJson.Write(new Line("a", double.NaN)).Failure?.Code);
}
