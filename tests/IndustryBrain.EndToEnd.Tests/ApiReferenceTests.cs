using Microsoft.Playwright;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>The reference of the API opens from what the host itself serves, under the policy of every page.</summary>
public sealed class ApiReferenceTests(Site site)
{
    [Fact]
    public async Task Reference_Opened_ShowsTheApiWithoutAComplaintOrAForeignAddress()
    {
        var host = await site.DevelopmentAsync();
        await using var visit = await site.NewVisitAsync(host.Address);
        var foreign = new List<string>();
        visit.Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(host.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) foreign.Add(request.Url);
        };

        await visit.Page.GotoAsync("/scalar");

        await Assertions.Expect(visit.Heading("IndustryBrain API").First).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByText("/api/v1/components").First).ToBeAttachedAsync();
        await visit.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.Empty(visit.Complaints);
        Assert.Empty(foreign);
    }
}
