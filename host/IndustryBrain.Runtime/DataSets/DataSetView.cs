using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Runtime.DataSets;

/// <summary>A data set as people and programs see it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What is in it.</param>
/// <param name="Roles">Roles whose people see it beside those who manage data sets; empty for whoever may see data sets.</param>
/// <param name="Columns">What the rows of the newest version look like.</param>
/// <param name="Rows">How many rows the newest version has.</param>
/// <param name="Versions">The versions that are kept, newest first.</param>
/// <param name="UsedBy">The plugins that were granted it.</param>
public sealed record DataSetView(string Name, string Description, IReadOnlyList<string> Roles, IReadOnlyList<DataSetColumn> Columns, long Rows, IReadOnlyList<DataSetVersion> Versions, IReadOnlyList<DataSetUser> UsedBy);

/// <summary>A plugin that was granted a data set.</summary>
/// <param name="Plugin">Package id.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Writes">True when it may write to it, too.</param>
public sealed record DataSetUser(string Plugin, LocalizedText Name, bool Writes);

/// <summary>A page of rows of one version.</summary>
/// <param name="Version">The version.</param>
/// <param name="Columns">What the rows look like.</param>
/// <param name="Rows">The rows, objects by the columns' names.</param>
/// <param name="Cursor">What the next page begins with; null at the end.</param>
public sealed record DataSetRowsView(int Version, IReadOnlyList<DataSetColumn> Columns, IReadOnlyList<JsonElement> Rows, string? Cursor);
