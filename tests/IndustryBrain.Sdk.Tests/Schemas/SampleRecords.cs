using System.ComponentModel.DataAnnotations;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Sdk.Tests.Schemas;

public enum Method
{
    [Label("单参数", "Single")] Single,
    [Label("双参数", "Double")] DoubleExponential,
}

public sealed record Line(
    [property: Label("物料", "Item")] string Item,
    [property: Label("数量", "Quantity"), Unit("t"), Range(0, double.MaxValue, MinimumIsExclusive = true)] double Quantity);

public sealed record Sample(
    [property: Label("活动", "Activity", DescriptionZh = "每行一种物料", DescriptionEn = "One item a row"), MinLength(1)] IReadOnlyList<Line> Activity,
    [property: Label("期数", "Horizon"), Range(1, 100), Example("6")] int Horizon,
    Method Method = Method.DoubleExponential,
    double? Alpha = null,
    FileReference? File = null,
    DateOnly? AsOf = null,
    [Label("序列", "Series")][Unit("CNY/t")] IReadOnlyList<double?>? Series = null,
    IReadOnlyDictionary<string, bool>? Flags = null,
    Guid? Key = null);

public sealed record Tree(string Name, IReadOnlyList<Tree>? Parts);
