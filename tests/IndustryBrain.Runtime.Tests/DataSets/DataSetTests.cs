using System.Globalization;
using System.Text;
using System.Text.Json;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Identity.Roles;
using IndustryBrain.Plugins.Capabilities.DataSets;
using IndustryBrain.Runtime.Tests.Access;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Storage;
using IndustryBrain.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests.DataSets;

/// <summary>Tables of an organization: from files in, by pages out.</summary>
public sealed class DataSetTests(AccessHost access) : IClassFixture<AccessHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IDataSetStore Store => access.Host.Services.GetRequiredService<IDataSetStore>();

    [Fact]
    public async Task Upload_Csv_InfersTheColumns_AndIsReadByPages()
    {
        var key = await KeyAsync("csv");

        var (status, view) = await UploadAsync(key.Key, "prices", "品种,price,since,at,open,code\n\"热轧, 卷\",3.5,2026-01-31,2026-01-31T08:00:00+08:00,true,007\n螺纹钢,,2025-12-31,2026-01-31T00:00:01Z,false,010\n", "prices.csv");
        var first = await ReadAsync(key, "prices", new() { Limit = 1 });
        var second = await ReadAsync(key, "prices", new() { Limit = 5, Cursor = first.Cursor });
        var filtered = await ReadAsync(key, "prices", new() { Columns = ["品种"], Filters = [new("price", DataSetComparison.Greater, JsonElement.Parse("1"))] });

        Assert.Equal(201, status);
        Assert.Equal(["品种:text:True", "price:number:False", "since:date:True", "at:dateTime:True", "open:boolean:True", "code:text:True"], view.GetProperty("columns").EnumerateArray().Select(c => $"{c.GetProperty("name").GetString()}:{c.GetProperty("type").GetString()}:{c.GetProperty("isRequired").GetBoolean()}"));
        Assert.Equal("""{"品种":"热轧, 卷","price":3.5,"since":"2026-01-31","at":"2026-01-31T08:00:00+08:00","open":true,"code":"007"}""", Assert.Single(first.Rows).GetRawText());
        Assert.Equal("螺纹钢", Assert.Single(second.Rows).GetProperty("品种").GetString());
        Assert.Null(second.Cursor);
        Assert.Equal("热轧, 卷", Assert.Single(Assert.Single(filtered.Rows).EnumerateObject()).Value.GetString());
        Assert.Equal(2, view.GetProperty("rows").GetInt32());
    }

    [Fact]
    public async Task Upload_WorkbookJsonAndGb18030_AreReadAlike()
    {
        var key = await KeyAsync("kinds");
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        (string Name, byte[] Content)[] files =
        [
            ("a.xlsx", Workbook.Of([["名称", "值"], ["铜", 1.5], ["铝", 2]])),
            ("a.json", """[{"名称":"铜","值":1.5},{"名称":"铝","值":2}]"""u8.ToArray()),
            ("a.jsonl", "{\"名称\":\"铜\",\"值\":1.5}\n{\"名称\":\"铝\",\"值\":2}\n"u8.ToArray()),
            ("a.csv", Encoding.GetEncoding("GB18030").GetBytes("名称;值\n铜;1.5\n铝;2\n")),
        ];

        foreach (var (name, content) in files)
        {
            var (status, view) = await UploadAsync(key.Key, "same", content, name);
            Assert.True(status == 201, $"{name}: {view}");
        }

        var versions = (await access.AskAsync(key.Key, "GET", "data/same", null, Ct))["versions"];
        Assert.Equal([4, 3, 2, 1], versions.EnumerateArray().Select(v => v.GetProperty("number").GetInt32()));
        foreach (var number in Enumerable.Range(1, 4))
        {
            var page = await access.AskAsync(key.Key, "GET", $"data/same/rows?version={number}", null, Ct);
            Assert.Equal("铜 1.5 铝 2", string.Join(' ', page["rows"].EnumerateArray().Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.GetProperty("名称").GetString()} {r.GetProperty("值").GetDouble()}"))));
        }
    }

    [Fact]
    public async Task Run_ReadsTheVersionItBegan_AndAPageSeriesItsOwn_WhileOthersCome()
    {
        var key = await KeyAsync("pinned");
        await UploadAsync(key.Key, "rates", "value\n1\n2\n3\n");
        var (run, other) = (Guid.NewGuid(), Guid.NewGuid());
        var first = await ReadAsync(key, "rates", new() { Limit = 2 });
        var before = await ReadAsync(key, "rates", new(), run);
        Assert.True((await Store.AppendAsync(new(key.Organization, other), "rates", [JsonElement.Parse("""{"value":4}""")], "once", Ct)).TryGet(out var added, out _) && added.IsNew);
        Assert.True((await Store.AppendAsync(new(key.Organization, other), "rates", [JsonElement.Parse("""{"value":4}""")], "once", Ct)).TryGet(out var again, out _) && !again.IsNew);

        await UploadAsync(key.Key, "rates", "value\n9\n");

        Assert.Equal("3", Values(await ReadAsync(key, "rates", new() { Cursor = first.Cursor })));
        Assert.Equal("1 2 3", Values(before));
        Assert.Equal("1 2 3 4", Values(await ReadAsync(key, "rates", new(), run)));
        Assert.Equal("9", Values(await ReadAsync(key, "rates", new(), Guid.NewGuid())));
        Assert.Null((await Store.ReplaceAsync(new(key.Organization, run), "rates", [JsonElement.Parse("""{"value":7}""")], Ct)).Failure);
        Assert.Equal(("7", "7"), (Values(await ReadAsync(key, "rates", new(), run)), Values(await ReadAsync(key, "rates", new()))));
        Assert.Equal("IB1137", (await Store.AppendAsync(new(key.Organization, null), "rates", [JsonElement.Parse("""{"value":"x"}""")], "bad", Ct)).Failure?.Code);
    }

    [Fact]
    public async Task Versions_BeyondThoseKept_Go()
    {
        var key = await KeyAsync("kept");
        for (var i = 0; i < 12; i++)
            await UploadAsync(key.Key, "many", $"value\n{i}\n");

        var versions = (await access.AskAsync(key.Key, "GET", "data/many", null, Ct))["versions"];

        Assert.Equal((10, 12), (versions.GetArrayLength(), versions[0].GetProperty("number").GetInt32()));
        Assert.Equal(10, await access.Host.CountAsync($"select count(*) from data_set_row where organization = '{key.Organization}'", Ct));
        Assert.Equal((404, "IB5020"), await CodeAsync(key.Key, "GET", "data/many/rows?version=1"));
        Assert.Equal(204, (await access.AskAsync(key.Key, "DELETE", "data/many", null, Ct)).Status);
        Assert.Equal(0, await access.Host.CountAsync($"select count(*) from data_set_row where organization = '{key.Organization}'", Ct));
    }

    [Theory]
    [InlineData("value\n1\nmany\n", "IB5024", "row 3, column value")]
    [InlineData("value\n1\n\"\"\n", "IB5025", "row 3, column value")]
    [InlineData("value,other\n1,2\n", "IB5026", "row 2, column other")]
    [InlineData("value\n1,2\n", "IB5027", "row 2")]
    [InlineData("[{\"value\":1},{\"value\":", "IB5027", "row 2")]
    [InlineData("[{\"value\":{\"a\":1}}]", "IB5024", "row 1, column value")]
    [InlineData("value\n", "IB5030", "upload")]
    [InlineData("PK not a workbook", "IB5027", "upload")]
    [InlineData("", "IB5030", "upload")]
    public async Task Upload_BadFile_SaysRowAndColumn_AndChangesNothing(string content, string code, string where)
    {
        var key = await KeyAsync("bad");
        await UploadAsync(key.Key, "checked", "value\n1\n");

        var (status, problem) = await UploadAsync(key.Key, "checked", content, "");

        Assert.Equal((422, code, where), (status, problem.GetProperty("code").GetString(), problem.GetProperty("where").GetString()));
        Assert.Equal("1", Values(await ReadAsync(key, "checked", new())));
    }

    [Theory]
    [InlineData("a,a\n1,2\n", "IB5022")]
    [InlineData("a,\n1,2\n", "IB5022")]
    public async Task Upload_ColumnsThatCannotBe_AreRefused(string content, string code)
    {
        var key = await KeyAsync("columns");

        Assert.Equal(code, (await UploadAsync(key.Key, "odd", content)).Body.GetProperty("code").GetString());
        Assert.Equal("IB5021", (await UploadAsync(key.Key, "no%20name", "a\n1\n")).Body.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Columns_Changed_ConvertTheRowsIntoANewVersion()
    {
        var key = await KeyAsync("change");
        await UploadAsync(key.Key, "typed", "id,value\n1,2\n3,x\n");

        var refused = await access.AskAsync(key.Key, "PUT", "data/typed/columns", new { columns = new[] { new { name = "value", type = "number", isRequired = false } } }, Ct);
        var changed = await access.AskAsync(key.Key, "PUT", "data/typed/columns", new { columns = new[] { new { name = "id", type = "text", isRequired = true } } }, Ct);

        Assert.Equal(("IB5024", "row 2, column value"), (refused.Code, refused["where"].GetString()));
        Assert.Equal((200, 2), (changed.Status, changed["versions"].GetArrayLength()));
        Assert.Equal(["""{"id":"1"}""", """{"id":"3"}"""], (await ReadAsync(key, "typed", new())).Rows.Select(r => r.GetRawText()));
    }

    [Fact]
    public async Task Roles_OfADataSet_KeepOthersOut()
    {
        var key = await KeyAsync("roles");
        var runner = await access.MemberAsync(key.Organization, Ct, Role.Runner);
        var viewer = await access.MemberAsync(key.Organization, Ct, Role.Viewer);
        await UploadAsync(key.Key, "kept", "value\n1\n");
        Assert.Equal(200, (await access.AskAsync(viewer.Key, "GET", "data/kept", null, Ct)).Status);

        Assert.Equal(200, (await access.AskAsync(key.Key, "PUT", "data/kept", new { description = "wages", roles = new[] { Role.Runner } }, Ct)).Status);

        Assert.Equal((200, 404, 404), ((await access.AskAsync(runner.Key, "GET", "data/kept/rows", null, Ct)).Status, (await access.AskAsync(viewer.Key, "GET", "data/kept/rows", null, Ct)).Status, (await access.AskAsync(viewer.Key, "GET", "data/kept", null, Ct)).Status));
        Assert.Equal(0, (await access.AskAsync(viewer.Key, "GET", "data", null, Ct)).Body.GetArrayLength());
        Assert.Equal("IB5033", (await access.AskAsync(key.Key, "PUT", "data/kept", new { roles = new[] { "king" } }, Ct)).Code);
    }

    private static string Values(DataSetPage page) => string.Join(' ', page.Rows.Select(r => r.GetProperty("value").GetRawText()));

    private async Task<DataSetPage> ReadAsync(Owner owner, string name, DataSetQuery query, Guid? run = null) =>
        (await Store.ReadAsync(new(owner.Organization, run), name, query, 100, 1 << 20, Ct)).TryGet(out var page, out var failure) ? page : throw new InvalidOperationException(failure.Code);

    private async Task<(int Status, string? Code)> CodeAsync(string key, string method, string path)
    {
        var answer = await access.AskAsync(key, method, path, null, Ct);
        return (answer.Status, answer.Code);
    }

    private Task<(int Status, JsonElement Body)> UploadAsync(string key, string name, string content, string file = "a.csv") => UploadAsync(key, name, Encoding.UTF8.GetBytes(content), file);

    private async Task<(int Status, JsonElement Body)> UploadAsync(string key, string name, byte[] content, string file)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/api/v1/data/{name}/versions?file={file}", UriKind.Relative)) { Content = new ByteArrayContent(content), Headers = { { "X-Api-Key", key } } };
        using var answer = await access.Host.Client.SendAsync(request, Ct);
        return ((int)answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Ct)));
    }

    private async Task<Owner> KeyAsync(string name)
    {
        var organization = AccessHost.Fresh(name);
        Assert.Null((await access.Host.Services.GetRequiredService<OrganizationStore>().CreateAsync(Caller.ForSystem(PlatformOrganization.Id), organization, organization, OrganizationKind.Enterprise, null, Ct)).Failure);
        return new(organization, (await access.MemberAsync(organization, Ct, Role.Owner)).Key);
    }

    private sealed record Owner(string Organization, string Key);
}
