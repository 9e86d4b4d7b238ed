namespace IndustryBrain.Sdk.Capabilities;

/// <summary>What a knowledge component answered, and which one it was.</summary>
/// <typeparam name="TAnswer">Its output; sources and validity stand in it.</typeparam>
/// <param name="Answer">The output.</param>
/// <param name="Origin">Who answered.</param>
public sealed record KnowledgeReply<TAnswer>(TAnswer Answer, KnowledgeOrigin Origin);

/// <summary>The component that answered, so that a result can be traced to it.</summary>
/// <param name="Component">Its id.</param>
/// <param name="Plugin">Id of its plugin.</param>
/// <param name="Version">Version of the plugin.</param>
/// <param name="Sha256">Digest of the plugin's package.</param>
public sealed record KnowledgeOrigin(string Component, string Plugin, string Version, string Sha256);
