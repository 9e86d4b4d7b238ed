using IndustryBrain.Sdk.Measures;
using IndustryBrain.Sdk.Views;

namespace IndustryBrain.Plugins.CarbonFootprint.Tests;

public sealed class FootprintTests
{
    [Theory]
    [InlineData(0.5227, 1_861_717.5, 37.23435)]
    [InlineData(0.4743, 1_716_517.5, 34.33035)]
    public async Task Compute_Reference_Matches(double grid, double total, double perUnit)
    {
        var output = await new Compute().OutputAsync(Input(grid, 50_000));

        Assert.Equal(total, output.Number("total"), 1e-6);
        Assert.Equal(perUnit, output.Number("perUnit"), 1e-6);
        Assert.Equal(3, output.GetProperty("byItem").GetArrayLength());
        Assert.Equal(100, output.GetProperty("byItem").EnumerateArray().Sum(i => i.Number("sharePct")), 1e-9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Compute_NoOutput_IsRefused(double pieces) =>
        Assert.Equal("IB7105", (await new Compute().RefusalAsync(Input(0.5, pieces))).Code);

    [Fact]
    public async Task Compute_TooLittleOutput_IsRefusedNotInfinite() =>
        Assert.Equal("IB7105", (await new Compute().RefusalAsync(Input(0.5, 1e-305))).Code);

    [Fact]
    public void View_Units_AreCodesThatTheHostTranslates()
    {
        var elements = new FootprintView().View.Elements;
        string?[] units =
        [
            .. elements.OfType<KpiTiles>().SelectMany(k => k.Items.Select(i => i.Unit)),
            .. elements.OfType<Table>().SelectMany(t => t.Columns.Select(c => c.Unit)),
            .. elements.OfType<FieldList>().SelectMany(f => f.Fields.Select(c => c.Unit)),
        ];

        Assert.Contains("kg/{pcs}", units);
        Assert.All(units.OfType<string>(), u => Assert.True(Units.IsKnown(u) && u.All(char.IsAscii), u));
    }

    [Fact]
    public async Task Compute_NegativeQuantity_IsRefusedByPlace()
    {
        var failure = await new Compute().RefusalAsync(new { activities = new[] { new { item = "电力", quantity = -1.0, unit = "kWh" } }, found = new[] { Factor(0.5, "kg/kWh") }, pieces = 1 });

        Assert.Equal(("IB7105", "activity[0].quantity"), (failure.Code, failure.Where));
    }

    [Fact]
    public async Task View_Footprint_NamesBoundaryLargestItemAndStatus()
    {
        var footprint = await new Compute().OutputAsync(Input(0.5227, 50_000));

        var output = await new FootprintView().OutputAsync(new
        {
            total = footprint.Number("total"),
            perUnit = footprint.Number("perUnit"),
            byItem = footprint.GetProperty("byItem"),
            pieces = 50_000,
            year = 2022,
            region = "重庆",
        });

        Assert.Equal("gate-to-gate", output.GetProperty("boundary").GetString());
        Assert.Equal("电力", output.GetProperty("largestItem").GetString());
        Assert.Equal("unconfirmed", output.GetProperty("factorState").GetString());
        Assert.Equal("same", output.GetProperty("yearState").GetString());
        Assert.Equal(1861.7175, output.Number("totalTonnes"), 1e-9);
    }

    [Theory]
    [InlineData("CO2", "CO2", "co2", "CO₂", null)]
    [InlineData("CO2e", "CO2e", "co2e", "CO₂e", null)]
    [InlineData("CO2e", "CO2", "mixed", "CO₂e", "电力")]
    public async Task View_GasesOfTheFactors_LabelTheTotal(string steel, string power, string state, string gas, string? co2Only)
    {
        var output = await new FootprintView().OutputAsync(Shown(Emission("粗钢", steel, "upstream", false, "2020–"), Emission("电力", power, "energy", false, "2022")));

        Assert.Equal((state, gas, "cradle-to-gate"), (output.GetProperty("gasState").GetString(), output.GetProperty("gas").GetString(), output.GetProperty("boundary").GetString()));
        Assert.Equal(co2Only, output.TryGetProperty("co2Items", out var items) ? items.GetString() : null);
        Assert.Contains(new FootprintView().View.Elements.OfType<FieldList>().Single().Fields.Single(f => f.Value == "/gasState").Labels, l => l.Value == state);
    }

    [Fact]
    public async Task View_OtherYearAccepted_StatesTheYearUsed()
    {
        var output = await new FootprintView().OutputAsync(Shown(Emission("粗钢", "CO2", "upstream", false, "2020–"), Emission("电力", "CO2", "energy", true, "2022")));

        Assert.Equal(("other", "电力 2022"), (output.GetProperty("yearState").GetString(), output.GetProperty("yearNote").GetString()));
    }

    [Theory]
    [InlineData(2022, null, "2022")]
    [InlineData(null, null, "2011–")]
    [InlineData(null, "2019-12-31", "2011–2019")]
    public async Task Compute_YearsOfTheFactor_AreHandedOn(int? year, string? until, string expected)
    {
        var factor = new { factor = 1.0, factorUnit = "kg/kg", multiplier = 1.0, source = "test", version = "1", region = "CN", status = "confirmed", gas = "CO2", boundary = "direct", factorYear = year, validFrom = "2011-01-01", validTo = until };

        var output = await new Compute().OutputAsync(new { activities = new[] { new { item = "柴油", quantity = 1.0, unit = "kg" } }, found = new[] { factor }, pieces = 1 });

        Assert.Equal(expected, output.GetProperty("byItem")[0].GetProperty("factorPeriod").GetString());
    }

    private static object Shown(params object[] byItem) => new { total = 2.0, perUnit = 1.0, byItem, pieces = 2, year = 2024 };

    private static object Emission(string item, string gas, string boundary, bool otherYearAccepted, string factorPeriod) =>
        new { item, quantity = 1.0, unit = "kg", emission = 1.0, sharePct = 50.0, factor = 1.0, factorUnit = "kg/kg", source = "test", version = "1", region = "CN", status = "confirmed", gas, boundary, otherYearAccepted, factorPeriod };

    private static object Input(double grid, double pieces) => new
    {
        activities = new[]
        {
            new { item = "电力", quantity = 3_000_000.0, unit = "kWh" },
            new { item = "天然气", quantity = 100_000.0, unit = "m3" },
            new { item = "柴油", quantity = 25_000.0, unit = "kg" },
        },
        found = new[] { Factor(grid, "kg/kWh"), Factor(2.1622, "kg/m3"), Factor(3.0959, "kg/kg") },
        pieces,
    };

    private static object Factor(double factor, string unit) =>
        new { factor, factorUnit = unit, multiplier = 1.0, source = "test", version = "1", region = "CN", status = "unconfirmed", gas = "CO2", boundary = "direct" };
}
