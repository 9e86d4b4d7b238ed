using IndustryBrain.Sdk.Testing.Conformance;

namespace IndustryBrain.Plugins.PriceOutlook.Tests;

public sealed class OutlookConformance : ComponentConformance<Outlook>;
