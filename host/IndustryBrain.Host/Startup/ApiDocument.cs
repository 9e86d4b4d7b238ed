using System.Net.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace IndustryBrain.Host.Startup;

/// <summary>Completes the description of the API: its title, what every failure carries, and the failures that any operation may meet.</summary>
internal sealed class ApiDocument : IOpenApiDocumentTransformer
{
    private const string AnyJson = "JsonElement";
    private const string Problem = "application/problem+json";
    private const string Finding = "Finding";

    /// <inheritdoc />
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        (document.Info.Title, document.Info.Version) = ("IndustryBrain API", "v1");
        var schemas = document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>();
        DescribeProblem(schemas);
        foreach (var schema in schemas.Values)
        {
            Mend(schema, document);
        }

        foreach (var (method, operation) in document.Paths.Values.SelectMany(p => p.Operations ?? []))
        {
            operation.Responses ??= [];
            Add(operation.Responses, StatusCodes.Status500InternalServerError, "The platform failed; the log has more under the number in where.", document);
            Add(operation.Responses, StatusCodes.Status503ServiceUnavailable, "The database cannot be reached at the moment.", document);
            if (method != HttpMethod.Get)
            {
                Add(operation.Responses, StatusCodes.Status507InsufficientStorage, "A disk is full; nothing of what was sent is stored.", document);
            }
        }

        return Task.CompletedTask;
    }

    private static void Add(OpenApiResponses responses, int status, string description, OpenApiDocument document) => responses.TryAdd(
        status.ToString(System.Globalization.CultureInfo.InvariantCulture),
        new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType> { [Problem] = new() { Schema = new OpenApiSchemaReference(nameof(ProblemDetails), document) } },
        });

    private static void DescribeProblem(IDictionary<string, IOpenApiSchema> schemas) => schemas[nameof(ProblemDetails)] = new OpenApiSchema
    {
        Type = JsonSchemaType.Object,
        Description = "A failure (RFC 9457). Title and action are in the language of the request; texts has them in both.",
        Required = new HashSet<string> { "type", "title", "status", "code", "texts" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("urn:industrybrain:failure:CODE."),
            ["title"] = Text("What is wrong, in one sentence."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Description = "The HTTP status." },
            ["code"] = Text("The stable code of the failure, such as IB3001; docs/codes.md lists them."),
            ["where"] = Text("The member, node or place that it concerns; absent when it concerns the whole."),
            ["action"] = Text("What to do about it; absent when the title says it."),
            ["texts"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Required = new HashSet<string> { "zh", "en" },
                Properties = new Dictionary<string, IOpenApiSchema> { ["zh"] = Texts(), ["en"] = Texts() },
            },
            ["findings"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Description = "What was found in a definition that is refused; absent for other failures.",
                Items = schemas.ContainsKey(Finding) ? new OpenApiSchemaReference(Finding) : new OpenApiSchema { Type = JsonSchemaType.Object },
            },
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    private static OpenApiSchema Texts() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "title" },
        Properties = new Dictionary<string, IOpenApiSchema> { ["title"] = Text("What is wrong."), ["action"] = Text("What to do about it.") },
    };

    // Any JSON is null as well: "null or any JSON" fits null twice, and so, as oneOf, not at all.
    private static void Mend(IOpenApiSchema schema, OpenApiDocument document)
    {
        if (schema is not OpenApiSchema { Properties: { } properties })
        {
            return;
        }

        foreach (var (name, property) in properties.ToArray())
        {
            if (property.OneOf is { Count: > 0 } forms && forms.OfType<OpenApiSchemaReference>().Any(r => r.Reference.Id == AnyJson))
            {
                properties[name] = new OpenApiSchemaReference(AnyJson, document) { Description = property.Description };
            }
        }
    }
}
