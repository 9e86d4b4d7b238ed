using System.Text.Encodings.Web;
using System.Text.Json;

namespace IndustryBrain.Cli.Running;

/// <summary>JSON for people: Chinese stays readable.</summary>
internal static class RelaxedJson
{
    public static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, TypeInfoResolver = InputJson.Default };
}
