using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace IndustryBrain.Host.Startup;

/// <summary>Sends traces, metrics and logs to a collector, when one is named; in the variables that OpenTelemetry specifies for every program.</summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ServiceName = "industrybrain";

    /// <summary>What the rooms call their sources of spans and their meters.</summary>
    private const string Ours = "IndustryBrain.*";

    internal static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[Endpoint]))
            return;
        // The specification's default is gRPC; both are asked for by OTEL_EXPORTER_OTLP_PROTOCOL.
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(ServiceName, serviceVersion: HostProgram.Version, serviceInstanceId: $"{Environment.MachineName}:{Environment.ProcessId}").AddEnvironmentVariableDetector())
            .WithTracing(tracing => tracing.AddSource(Ours).AddAspNetCoreInstrumentation(o => o.Filter = IsWorthATrace).AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddMeter(Ours).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddOtlpExporter())
            .WithLogging(logging => logging.AddOtlpExporter(), o => (o.IncludeScopes, o.IncludeFormattedMessage) = (true, true));
    }

    // What watches the host asks all the time, and a page's connection is one request for as long as it is open.
    private static bool IsWorthATrace(HttpContext context) => !context.Request.Path.StartsWithSegments("/health") && !context.Request.Path.StartsWithSegments("/_blazor") && !context.Request.Path.StartsWithSegments("/_framework");
}
