using IndustryBrain.Sdk.Testing.Conformance;

namespace IndustryBrain.Plugins.CarbonFootprint.Tests;

public sealed class ComputeConformance : ComponentConformance<Compute>
{
    protected override IEnumerable<object> Inputs =>
    [
        """
        {
          "activities": [{"item":"电力","quantity":3000000,"unit":"kWh"}],
          "found": [{"factor":0.5227,"factorUnit":"kg/kWh","multiplier":1,"source":"test","version":"1","region":"CN-CQ","status":"confirmed","gas":"CO2","boundary":"energy","factorYear":2022}],
          "pieces": 50000
        }
        """,
    ];
}

public sealed class FootprintViewConformance : ComponentConformance<FootprintView>
{
    protected override IEnumerable<object> Inputs =>
    [
        """
        {
          "total": 1568100, "perUnit": 31.362, "pieces": 50000, "year": 2022, "region": "重庆",
          "byItem": [{"item":"电力","quantity":3000000,"unit":"kWh","emission":1568100,"sharePct":100,"factor":0.5227,"factorUnit":"kg/kWh","factorYear":2022,"source":"test","version":"1","region":"CN-CQ","status":"confirmed","gas":"CO2","boundary":"energy","otherYearAccepted":false}]
        }
        """,
    ];
}
