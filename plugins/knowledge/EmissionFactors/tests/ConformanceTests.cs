using IndustryBrain.Sdk.Testing.Conformance;

namespace IndustryBrain.Plugins.EmissionFactors.Tests;

public sealed class LookupConformance : ComponentConformance<Lookup>;
