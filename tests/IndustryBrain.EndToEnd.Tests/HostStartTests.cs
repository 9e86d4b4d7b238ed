using System.Net;
using IndustryBrain.Host.Startup;
using Microsoft.Extensions.Configuration;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>What the program serves, and where it may listen.</summary>
public sealed class HostStartTests(Site site)
{
    [Theory]
    [InlineData("/_framework/blazor.web.js", "text/javascript")]
    [InlineData("/_content/MudBlazor/MudBlazor.min.css", "text/css")]
    [InlineData("/_content/MudBlazor/MudBlazor.min.js", "text/javascript")]
    [InlineData("/_content/IndustryBrain.Web/dist/boot.js", "text/javascript")]
    [InlineData("/IndustryBrain.Host.styles.css", "text/css")]
    [InlineData("/openapi/v1.json", "application/json")]
    public async Task Asset_ProductionFromAnotherFolder_IsServed(string path, string mediaType)
    {
        using var answer = await site.Host.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(mediaType, answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("http://localhost:5080", null)]
    [InlineData("http://127.0.0.1:0;http://[::1]:5080", null)]
    [InlineData("http://0.0.0.0:5080", "IB0902")]
    [InlineData("http://*:5080", "IB0902")]
    [InlineData("https://brain.example:443", "IB0902")]
    [InlineData("nonsense", "IB0901")]
    [InlineData("ftp://localhost:21", "IB0901")]
    public void Addresses_WithoutCertificate_OnlyLoopback(string urls, string? code)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("urls", urls)]).Build();

        var result = ListeningAddresses.Read(configuration);

        Assert.Equal(code, result.Failure?.Code);
    }
}
