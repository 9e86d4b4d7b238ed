namespace IndustryBrain.Cli.Tests.Developing;

/// <summary>A project of the template whose component is written anew by each test.</summary>
public sealed class DevProject(VendorMachine machine) : IAsyncLifetime
{
    public const string Id = "Acme.Dev";

    private readonly string _folder = machine.NewFolder();
    private string _template = "";

    public string Source => Path.Combine(Root, "src", Id, "DevTool.cs");

    private string Root => Path.Combine(_folder, Id);

    public async ValueTask InitializeAsync()
    {
        await machine.InstallAsync();
        (await machine.DotnetAsync(_folder, "new", "ib-plugin", "-n", Id)).Succeeded();
        _template = await File.ReadAllTextAsync(Source, TestContext.Current.CancellationToken);
    }

    /// <summary>Writes the body of the component.</summary>
    /// <returns>The folder of the solution.</returns>
    public async Task<string> WriteAsync(string body)
    {
        var isAsync = body.Contains("await ", StringComparison.Ordinal);
        var start = _template.IndexOf("    protected override", StringComparison.Ordinal);
        var end = _template.IndexOf("/// <summary>输入", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Source, $$"""
            {{_template[..start].TrimEnd()}}
                protected override {{(isAsync ? "async " : "")}}ValueTask<Result<DevOutput>> RunAsync(DevInput input, ComponentContext context, CancellationToken cancellationToken)
                {
                    {{body.Replace("IbOutput", "DevOutput", StringComparison.Ordinal)}}
                }
            }

            {{_template[end..]}}
            """, TestContext.Current.CancellationToken);
        return Root;
    }

    /// <summary>The line that a text stands on.</summary>
    public int LineOf(string text) => File.ReadLines(Source).Index().First(line => line.Item.Contains(text, StringComparison.Ordinal)).Index + 1;

    /// <summary>The project as it is, packed.</summary>
    public async Task<string> ReleaseAsync()
    {
        (await machine.DotnetAsync(Root, "pack", Path.Combine("src", Id), "-o", "out")).Succeeded();
        return Path.Combine(Root, "out", Id + ".1.0.0.nupkg");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
