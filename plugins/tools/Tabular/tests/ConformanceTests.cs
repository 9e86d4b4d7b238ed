using IndustryBrain.Sdk.Testing;
using IndustryBrain.Sdk.Testing.Conformance;

namespace IndustryBrain.Plugins.Tabular.Tests;

public sealed class ReadSeriesConformance : ComponentConformance<ReadSeries>
{
    protected override IEnumerable<object> Inputs => [new { series = (double[])[6.4, 5.6, 7.8, 8.8] }, new { file = new { file = "file-1" }, headers = (string[])["价格"] }];

    protected override void Prepare(FakeHost host) => host.Files.Add("prices.csv", "日期,价格\n2026-01-01,1\n2026-01-08,2\n2026-01-15,3\n");
}

public sealed class ReadTableConformance : ComponentConformance<ReadTable>
{
    protected override void Prepare(FakeHost host) => host.Files.Add("table.csv", "item,quantity\nsteel,3\nzinc,4.5\n");
}

public sealed class ReadTableOfAWorkbookConformance : ComponentConformance<ReadTable>
{
    protected override void Prepare(FakeHost host) => host.Files.Add("table.xlsx", Workbook.Of(["item", "quantity"], ["steel", "3"]));
}

public sealed class ReadRecordsConformance : ComponentConformance<ReadRecords>
{
    protected override IEnumerable<object> Inputs =>
    [
        new { columns = new object[] { new { field = "item" }, new { field = "quantity", type = "number" } }, rows = new object[] { new { item = "steel", quantity = 3 } } },
        new { columns = new object[] { new { field = "quantity", aliases = (string[])["数量"], type = "number" } }, file = new { file = "file-1" } },
    ];

    protected override void Prepare(FakeHost host) => host.Files.Add("activity.csv", "项目,数量\n电力,3\n");
}
