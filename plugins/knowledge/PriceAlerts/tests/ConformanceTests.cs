using IndustryBrain.Sdk.Testing.Conformance;

namespace IndustryBrain.Plugins.PriceAlerts.Tests;

public sealed class ThresholdConformance : ComponentConformance<Threshold>;
