using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;

namespace IndustryBrain.Plugins.Capabilities.DataSets;

/// <summary>Named tables of the organization that a plugin is called for.</summary>
internal sealed class DataSetRequests(CapabilityOptions options, IDataSetStore store) : Capability
{
    public override string Name => CapabilityNames.DataSets;

    public override async ValueTask<Result<CapabilityAnswer>> RequestAsync(CapabilityCall call, CancellationToken ct)
    {
        var operation = call.Request.Operation;
        if (operation is not ("describe" or "read" or "append" or "replace"))
        {
            return CapabilityFailures.UnknownOperation(Name, operation);
        }

        if (Arguments(call, CapabilityJson.Wire.DataSetArguments) is not { } arguments)
        {
            return BadArguments(call);
        }

        if (!DataSetTarget.IsName(arguments.Name))
        {
            return CapabilityFailures.DataSetNameInvalid();
        }

        call.Target = arguments.Name;
        if (call.Permissions.Demand(Name, DataSetTarget.Of(arguments.Name, writes: operation is "append" or "replace")) is { } refused)
        {
            return refused;
        }

        if (StepId.Refuse(arguments.Id) is { } badId)
        {
            return badId;
        }

        if (arguments.Rows?.Count > options.MaxDataSetRows)
        {
            return CapabilityFailures.RequestInvalid("rows", new($"一次最多 {options.MaxDataSetRows} 行", $"there must be {options.MaxDataSetRows} at most at a time"));
        }

        var (scope, name, rows) = (new DataSetScope(call.Organization, call.Context.RunId), arguments.Name, arguments.Rows ?? []);
        switch (operation)
        {
            case "describe":
                return (await store.DescribeAsync(scope, name, ct).ConfigureAwait(false)).TryGet(out var schema, out var failure) ? Answer(schema, CapabilityJson.Wire.DataSetSchema) : failure;
            case "read":
                var read = await store.ReadAsync(scope, name, arguments.Query ?? new(), options.MaxDataSetPageRows, options.MaxDataSetPageBytes, ct).ConfigureAwait(false);
                return read.TryGet(out var page, out failure) ? Answer(page, CapabilityJson.Wire.DataSetPage) : failure;
            default:
                var written = operation == "append"
                    ? await store.AppendAsync(scope, name, rows, call.Context.IdOf(arguments.Id), ct).ConfigureAwait(false)
                    : await store.ReplaceAsync(scope, name, rows, ct).ConfigureAwait(false);
                return written.TryGet(out var change, out failure) ? Answer(change, CapabilityJson.Wire.DataSetChange) : failure;
        }
    }
}
