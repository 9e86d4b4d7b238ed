using IndustryBrain.Plugins.Capabilities;

namespace IndustryBrain.Plugins.Tests.Capabilities;

/// <summary>Sets data sets up as an administrator does: a folder with a schema and rows.</summary>
internal static class DataSetFolder
{
    public static string Create(CapabilityOptions options, string organization, string name, string schema, string? rows = null, string file = "rows.jsonl")
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, "datasets", organization, name)).FullName;
        File.WriteAllText(Path.Combine(folder, "schema.json"), schema);
        if (rows is not null)
        {
            File.WriteAllText(Path.Combine(folder, file), rows);
        }

        return folder;
    }
}
