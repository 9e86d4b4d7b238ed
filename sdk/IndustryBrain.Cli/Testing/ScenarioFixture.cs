using System.Text.Json;
using System.Text.Json.Serialization;
using IndustryBrain.Scenarios.Inputs;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Testing;

/// <summary>One test of a scenario: a file of its folder <c>expected</c>. What each member means stands in the schema.</summary>
internal sealed record ScenarioFixture
{
    public const string Folder = "expected";

    public const string DefinitionFile = "definition.json";

    /// <summary>The JSON Schema of the format.</summary>
    public static string Schema { get; } = ReadSchema();

    private static readonly JsonElement SchemaElement = JsonElement.Parse(Schema);

    [JsonPropertyName("$schema")]
    public string? SchemaOfFile { get; init; }

    public string? Description { get; init; }

    public string? Definition { get; init; }

    public IReadOnlyList<string>? Import { get; init; }

    public JsonElement? Input { get; init; }

    public string? CorrelationId { get; init; }

    public FixtureTrigger? Trigger { get; init; }

    public FixtureClock? Clock { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Components { get; init; }

    public string? Recording { get; init; }

    public IReadOnlyList<FixtureAnswer>? Answers { get; init; }

    public string? Status { get; init; }

    public JsonElement? Output { get; init; }

    public double Tolerance { get; init; }

    public IReadOnlyList<string>? Lines { get; init; }

    public IReadOnlyList<FixtureIncident>? Incidents { get; init; }

    public IReadOnlyList<string>? Path { get; init; }

    public IReadOnlyList<string>? Passes { get; init; }

    public IReadOnlyList<string>? Avoids { get; init; }

    public JsonElement? Response { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Calls { get; init; }

    /// <summary>The fixtures of a scenario.</summary>
    public static IReadOnlyList<string> List(string folder) =>
        System.IO.Path.Combine(folder, Folder) is var expected && Directory.Exists(expected) ? [.. Directory.GetFiles(expected, "*.json").Order(StringComparer.Ordinal)] : [];

    /// <summary>Reads a fixture with its recording; IB7222 when it does not fit the schema.</summary>
    public static Result<ScenarioFixture> Read(string path)
    {
        if (!ReadFile(path).TryGet(out var fixture, out var failure))
        {
            return failure;
        }

        if (fixture.Recording is not { } recording)
        {
            return fixture;
        }

        var file = JsonFile.Resolve(recording, System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        if (!JsonFile.ReadObject(file ?? recording).TryGet(out var recorded, out failure))
        {
            return failure;
        }

        var answers = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (recorded.TryGetProperty("components", out var components) && components.ValueKind == JsonValueKind.Object)
        {
            // Judged as if it stood in a fixture: its other members concern the run that it was recorded from.
            var judged = JsonElement.Parse($$"""{"status":"Finished","components":{{components.GetRawText()}}}""");
            if (InputCheck.Check(SchemaElement, judged) is { } refused)
            {
                return CliFailures.FixtureShape(file ?? recording, refused);
            }

            foreach (var component in components.EnumerateObject())
            {
                answers[component.Name] = component.Value;
            }
        }

        foreach (var (name, answer) in fixture.Components ?? new Dictionary<string, JsonElement>())
        {
            answers[name] = answer;
        }

        return fixture with { Components = answers };
    }

    private static Result<ScenarioFixture> ReadFile(string path)
    {
        if (!JsonFile.ReadObject(path).TryGet(out var json, out var failure))
        {
            return failure;
        }

        if (InputCheck.Check(SchemaElement, json) is { } refused)
        {
            return CliFailures.FixtureShape(path, refused);
        }

        try
        {
            return json.Deserialize(FixtureJson.Default.ScenarioFixture)!;
        }
        catch (JsonException e)
        {
            // What the schema lets through and the type does not: a time that no calendar has.
            return CliFailures.WrongShape(path, new($"合格的测试（{e.Path}）", $"a valid test ({e.Path})"));
        }
    }

    private static string ReadSchema()
    {
        using var reader = new StreamReader(typeof(ScenarioFixture).Assembly.GetManifestResourceStream("fixture.schema.json")!);
        return reader.ReadToEnd();
    }
}

/// <summary>What starts the run in place of a person.</summary>
internal sealed record FixtureTrigger(string Activity, JsonElement? Payload = null);

/// <summary>The clock of the run.</summary>
internal sealed record FixtureClock(DateTimeOffset? Start = null, TimeSpan? For = null);

/// <summary>What a waiting run goes on with.</summary>
internal sealed record FixtureAnswer(string? Event = null, string? Task = null, string? Node = null, JsonElement? Payload = null, TimeSpan? After = null);

/// <summary>An incident that is expected.</summary>
internal sealed record FixtureIncident(string? Code = null, string? Node = null, string? Where = null, string? Message = null);

/// <summary>Fixtures as documents.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(ScenarioFixture))]
internal sealed partial class FixtureJson : JsonSerializerContext;
