namespace IndustryBrain.Runtime.Diagnostics;

/// <summary>How an installation does, in figures: no organization, person, run or content is named.</summary>
/// <param name="Database">Version of PostgreSQL.</param>
/// <param name="DatabaseMilliseconds">How long it took to answer.</param>
/// <param name="DatabaseBytes">Its size.</param>
/// <param name="Connections">Connections to it, all hosts together.</param>
/// <param name="Schema">Version of each room's schema.</param>
/// <param name="Nodes">The hosts on it.</param>
/// <param name="Queue">Unfinished runs by state.</param>
/// <param name="Commands">What runs were told and have not taken yet.</param>
/// <param name="DeadLetters">Messages between hosts that were given up.</param>
/// <param name="Plugins">The plugins.</param>
public sealed record InstallationFigures(
    string Database,
    double DatabaseMilliseconds,
    long DatabaseBytes,
    long Connections,
    IReadOnlyDictionary<string, int> Schema,
    IReadOnlyList<NodeFigures> Nodes,
    IReadOnlyList<QueueFigures> Queue,
    long Commands,
    long DeadLetters,
    IReadOnlyList<PluginFigures> Plugins);

/// <summary>A host.</summary>
/// <param name="Id">Its id, new with each start.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="SeenAt">Its last sign of life.</param>
/// <param name="Executing">Runs that it executes.</param>
public sealed record NodeFigures(Guid Id, DateTimeOffset StartedAt, DateTimeOffset SeenAt, long Executing);

/// <summary>Runs in one state.</summary>
/// <param name="State">queued, executing, waiting or another state of the index.</param>
/// <param name="Runs">How many.</param>
/// <param name="Oldest">When the first of them was accepted.</param>
public sealed record QueueFigures(string State, long Runs, DateTimeOffset? Oldest);

/// <summary>A plugin.</summary>
/// <param name="Id">Its package id.</param>
/// <param name="Version">The active version; null when none is.</param>
/// <param name="Tier">Where its code runs.</param>
/// <param name="Versions">How many versions are installed.</param>
/// <param name="IsDisabled">True when an administrator disabled it.</param>
/// <param name="IsRemoved">True when it goes with its last run.</param>
public sealed record PluginFigures(string Id, string? Version, string? Tier, int Versions, bool IsDisabled, bool IsRemoved);
