using System.Text.Json;
using System.Text.Json.Serialization;

namespace IndustryBrain.Sdk.Taxonomy;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IndustryTaxonomy))]
internal sealed partial class TaxonomyJson : JsonSerializerContext;
