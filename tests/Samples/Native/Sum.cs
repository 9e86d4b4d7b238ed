using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Packaging;
using Microsoft.Data.Sqlite;

[assembly: Plugin("Sample.Native", "native", Vendor = "Sample", Zh = "示例", En = "Sample", DescriptionZh = "测试用。", DescriptionEn = "For tests.")]

namespace Native;

/// <summary>Numbers to add.</summary>
public sealed record Numbers(IReadOnlyList<double> Values);

/// <summary>Their sum, and the version of the native library that added them.</summary>
public sealed record Total(double Sum, string Version);

/// <summary>Adds with SQLite, whose library is native code.</summary>
[Component("native.sum", Zh = "求和", En = "Sum")]
public sealed class Sum : ToolComponent<Numbers, Total>
{
    /// <inheritdoc />
    protected override async ValueTask<Result<Total>> RunAsync(Numbers input, ComponentContext context, CancellationToken cancellationToken)
    {
        await using var database = new SqliteConnection("Data Source=:memory:");
        await database.OpenAsync(cancellationToken);
        await using var command = database.CreateCommand();
        command.CommandText = "select sum(value) from json_each($values)";
        command.Parameters.AddWithValue("$values", System.Text.Json.JsonSerializer.Serialize(input.Values));
        return new Total((double)(await command.ExecuteScalarAsync(cancellationToken))!, database.ServerVersion);
    }
}
