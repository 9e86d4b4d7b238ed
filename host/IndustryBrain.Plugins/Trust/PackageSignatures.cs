namespace IndustryBrain.Plugins.Trust;

/// <summary>The signatures of a package that is what they say; whose they are is another question.</summary>
internal sealed record PackageSignatures(SignedContent? Vendor, SignedContent? Marketplace, NuGetSignature? NuGet);
