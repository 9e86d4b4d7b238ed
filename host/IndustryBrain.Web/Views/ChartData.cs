namespace IndustryBrain.Web.Views;

/// <summary>A chart with its values: what crosses to <c>ClientApp/src/contract.ts</c> as JSON.</summary>
/// <param name="Type">line or bar.</param>
/// <param name="Categories">Labels along the x axis.</param>
/// <param name="Series">The series with values.</param>
/// <param name="Unit">Unit of the y axis, in words, or null.</param>
/// <param name="LastActual">Index of the last measured point when a forecast follows, else null.</param>
/// <param name="LatestLabel">Words at the line "now", or null.</param>
internal sealed record ChartData(string Type, IReadOnlyList<string> Categories, IReadOnlyList<ChartSeriesData> Series, string? Unit, int? LastActual, string? LatestLabel);

/// <summary>One series with its values.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">actual, fitted, forecast, band or threshold.</param>
/// <param name="Values">Values aligned with the categories; null = no value.</param>
/// <param name="Upper">Upper values of a band, else null.</param>
internal sealed record ChartSeriesData(string Name, string Role, IReadOnlyList<double?> Values, IReadOnlyList<double?>? Upper);
