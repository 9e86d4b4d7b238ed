namespace IndustryBrain.Runtime.Runs;

/// <summary>One page of runs.</summary>
/// <param name="Items">The runs of this page, newest first.</param>
/// <param name="Total">Number of runs that match the filter.</param>
/// <param name="Page">This page, from 1.</param>
/// <param name="PageSize">Runs a page.</param>
public sealed record RunPage(IReadOnlyList<RunSummary> Items, long Total, int Page, int PageSize);
