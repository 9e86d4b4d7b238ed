using IndustryBrain.Escape.Tests;

[assembly: AssemblyFixture(typeof(HostilePlugin))]
