using System.Text;
using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Sdk.Components;

namespace Connector;

/// <summary>An event.</summary>
public sealed record Told(string Name, JsonElement? Payload = null, string? CorrelationId = null, string? Id = null);

/// <summary>What became of what was published.</summary>
public sealed record Receipt(string Id, bool IsTrue);

/// <summary>Publishes an event.</summary>
[Component("connector.publish", Zh = "发布事件", En = "Publish", HasSideEffects = true, IsDeterministic = false)]
public sealed class Publish : ToolComponent<Told, Receipt>
{
    /// <inheritdoc />
    protected override async ValueTask<Result<Receipt>> RunAsync(Told input, ComponentContext context, CancellationToken cancellationToken) =>
        (await context.Events.PublishAsync(input.Name, input.Payload, input.CorrelationId, input.Id, cancellationToken).ConfigureAwait(false))
            .TryGet(out var receipt, out var failure) ? new Receipt(receipt.Id, receipt.IsNew) : failure;
}

/// <summary>A message.</summary>
public sealed record Sent(string Connection, string Topic, string Text = "", int Quality = 1, bool Retain = false, string? Id = null);

/// <summary>Sends a message to a broker.</summary>
[Component("connector.send", Zh = "发送消息", En = "Send", HasSideEffects = true, IsDeterministic = false)]
public sealed class Send : ToolComponent<Sent, Receipt>
{
    /// <inheritdoc />
    protected override async ValueTask<Result<Receipt>> RunAsync(Sent input, ComponentContext context, CancellationToken cancellationToken)
    {
        var message = new MqttMessage(input.Connection, input.Topic, Encoding.UTF8.GetBytes(input.Text)) { Quality = (MqttQuality)input.Quality, Retain = input.Retain, ContentType = "text/plain", Id = input.Id };
        return (await context.Mqtt.PublishAsync(message, cancellationToken).ConfigureAwait(false)).TryGet(out var receipt, out var failure) ? new Receipt(receipt.Id, receipt.HasReceivers) : failure;
    }
}

/// <summary>What to do with a data set.</summary>
public sealed record Records(string Operation, string Name, JsonElement? Query = null, JsonElement? Rows = null, string? Id = null);

/// <summary>What the host answered.</summary>
public sealed record Found(JsonElement Value);

/// <summary>Uses data sets.</summary>
[Component("connector.records", Zh = "数据集", En = "Data sets", HasSideEffects = true, IsDeterministic = false)]
public sealed class UseRecords : ToolComponent<Records, Found>
{
    /// <inheritdoc />
    protected override async ValueTask<Result<Found>> RunAsync(Records input, ComponentContext context, CancellationToken cancellationToken)
    {
        IReadOnlyList<JsonElement> rows = input.Rows is { } given ? [.. given.EnumerateArray()] : [];
        var query = input.Query is { } asked ? asked.Deserialize<DataSetQuery>(JsonSerializerOptions.Web)! : new();
        return input.Operation switch
        {
            "describe" => Of(await context.DataSets.DescribeAsync(input.Name, cancellationToken).ConfigureAwait(false)),
            "read" => Of(await context.DataSets.ReadAsync(input.Name, query, cancellationToken).ConfigureAwait(false)),
            "append" => Of(await context.DataSets.AppendAsync(input.Name, rows, input.Id, cancellationToken).ConfigureAwait(false)),
            _ => Of(await context.DataSets.ReplaceAsync(input.Name, rows, cancellationToken).ConfigureAwait(false)),
        };
    }

    private static Result<Found> Of<T>(Result<T> answer) => answer.TryGet(out var value, out var failure) ? new Found(JsonSerializer.SerializeToElement(value, JsonSerializerOptions.Web)) : failure;
}
