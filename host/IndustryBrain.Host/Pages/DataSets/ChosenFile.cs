using IndustryBrain.Runtime.DataSets;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Components.Forms;

namespace IndustryBrain.Host.Pages.DataSets;

/// <summary>A file that somebody chose in the browser becomes a version of a data set.</summary>
internal static class ChosenFile
{
    internal static async Task<Result<DataSetView>> UploadAsync(OrganizationDataSets store, Caller caller, string name, IBrowserFile file, bool infers, CancellationToken ct)
    {
        // The store counts the bytes and says what the limit is.
        await using var content = file.OpenReadStream(long.MaxValue, ct);
        return await store.UploadAsync(caller, name, new(file.Name, content, null, infers), ct);
    }
}
