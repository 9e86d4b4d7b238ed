using System.Text.Json;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Roles;
using IndustryBrain.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace IndustryBrain.Runtime.Tests.Access;

/// <summary>API keys and service accounts, over the API.</summary>
public sealed class KeyTests(AccessHost access, ProbePackage plugins) : IClassFixture<AccessHost>
{
    private static readonly string[] Reading = [Permission.ReadRuns];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_Key_ShowsItOnceAndHoldsWithinItsScopes()
    {
        var (_, owner) = await OwnerAsync();

        var made = await access.AskAsync(owner.Key, "POST", "keys", new { name = "reader", permissions = Reading, days = 30 }, Ct);
        var text = made["text"].GetString()!;
        var read = await access.AskAsync(text, "GET", "runs", null, Ct);
        var beyond = await access.AskAsync(text, "POST", "keys", new { name = "more", permissions = Reading }, Ct);
        await access.Host.UntilAsync($"select count(*) from mt_doc_apikeyuse u join mt_doc_apikey k using (id) where k.data ->> 'shortId' = '{made["key"].GetProperty("id").GetString()}'", 1, Ct);
        var listed = await access.AskAsync(owner.Key, "GET", "keys", null, Ct);

        Assert.Equal(201, made.Status);
        Assert.Matches("^ibk_[0-9a-z]{12}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}$", text);
        Assert.Equal((200, 403, "IB4007"), (read.Status, beyond.Status, beyond.Code));
        var key = Assert.Single(listed.Body.EnumerateArray(), k => k.GetProperty("name").GetString() == "reader");
        Assert.Equal("key-" + text.Split('_')[1], key.GetProperty("id").GetString());
        Assert.Equal(("valid", owner.Id, false), (key.GetProperty("state").GetString(), key.GetProperty("person").GetString(), key.GetProperty("isBootstrap").GetBoolean()));
        Assert.Equal(30, (key.GetProperty("expiresAt").GetDateTimeOffset() - key.GetProperty("createdAt").GetDateTimeOffset()).TotalDays, 3);
        Assert.NotEqual(JsonValueKind.Null, key.GetProperty("lastUsedAt").ValueKind);
        Assert.DoesNotContain(text.Split('_')[2], listed.Body.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0, await access.Host.CountAsync($"select (select count(*) from mt_doc_apikey where data::text like '%{text.Split('_')[2]}%') + (select count(*) from audit_record where record::text like '%{text.Split('_')[2]}%')", Ct));
    }

    [Fact]
    public async Task Create_WhatMayNotBe_IsRefusedWithItsCode()
    {
        var (organization, owner) = await OwnerAsync();
        var limited = await access.KeyAsync(organization, owner.Id, [Permission.ManageKeys, Permission.ReadRuns], Ct);
        (object Body, string Code)[] wrong =
        [
            (new { name = "x", permissions = new[] { Permission.StartRuns } }, "IB4061"),
            (new { name = "x", permissions = new[] { "runs.everything" } }, "IB4062"),
            (new { name = "x", permissions = Reading, days = 366 }, "IB4063"),
            (new { name = "x", permissions = Reading, days = 0 }, "IB4063"),
            (new { name = " \u200B", permissions = Reading }, "IB4064"),
            (new { name = "IB_BOOTSTRAP_API_KEY", permissions = Reading }, "IB4064"),
            (new { name = "x" }, "IB7101"),
            (new { name = "x", permissions = Reading, serviceAccount = "sa-none" }, "IB4067"),
            (new { name = "x", permissions = Reading, organization = "demo" }, "IB3010"),
        ];

        foreach (var (body, code) in wrong)
        {
            Assert.Equal(code, (await access.AskAsync(limited, "POST", "keys", body, Ct)).Code);
        }
    }

    [Fact]
    public async Task Rotate_WithOverlap_LetsBothHoldUntilItIsOver()
    {
        var (organization, owner) = await OwnerAsync();
        var other = await access.MemberAsync(organization, Ct, Role.Owner);
        var old = await access.AskAsync(owner.Key, "POST", "keys", new { name = "gateway", permissions = Reading }, Ct);
        var (oldId, oldText) = (old["key"].GetProperty("id").GetString(), old["text"].GetString()!);
        var limited = await access.KeyAsync(organization, owner.Id, [Permission.ManageKeys], Ct);

        var beyond = await access.AskAsync(limited, "POST", $"keys/{oldId}/rotate", new { }, Ct);
        var foreign = await access.AskAsync(other.Key, "POST", $"keys/{oldId}/rotate", new { }, Ct);
        var made = await access.AskAsync(owner.Key, "POST", $"keys/{oldId}/rotate", new { overlapHours = 1 }, Ct);
        var again = await access.AskAsync(owner.Key, "POST", $"keys/{oldId}/rotate", new { }, Ct);
        var within = (await access.AskAsync(oldText, "GET", "runs", null, Ct)).Status;
        access.Clock.Advance(TimeSpan.FromHours(1));
        var after = await access.AskAsync(oldText, "GET", "runs", null, Ct);
        var next = await access.AskAsync(made["text"].GetString()!, "GET", "runs", null, Ct);

        Assert.Equal(("IB4061", "IB4068", "IB4065"), (beyond.Code, foreign.Code, again.Code));
        Assert.Equal((201, 200, "IB4002", 200), (made.Status, within, after.Code, next.Status));
    }

    [Fact]
    public async Task Revoke_Key_ActsHereAtOnceAndElsewhereWithinFiveSeconds()
    {
        var (organization, owner) = await OwnerAsync();
        var clock = new ShiftedClock();
        await using var second = await RuntimeHost.StartAsync(access.Connection, plugins, builder => builder.Services.AddSingleton<TimeProvider>(clock), Ct);
        var made = await access.AskAsync(owner.Key, "POST", "keys", new { name = "lost", permissions = Reading }, Ct);
        var text = made["text"].GetString()!;
        var before = await AccessHost.AskAsync(second, text, "GET", "runs", null, Ct);

        var revoked = await access.AskAsync(owner.Key, "DELETE", $"keys/{made["key"].GetProperty("id").GetString()}", null, Ct);
        var here = await access.AskAsync(text, "GET", "runs", null, Ct);
        clock.Advance(TimeSpan.FromSeconds(5));
        var there = await AccessHost.AskAsync(second, text, "GET", "runs", null, Ct);
        var trail = await access.Host.Services.GetRequiredService<AuditTrail>().ReadAsync(organization, 20, Ct);

        Assert.Equal((200, 200, "IB4002", "IB4002"), (before.Status, revoked.Status, here.Code, there.Code));
        Assert.Equal("IB4009", (await access.AskAsync(owner.Key, "DELETE", "keys/key-none", null, Ct)).Code);
        Assert.Contains(trail, r => r.GetProperty("action").GetString() == "key.revoke");
    }

    [Fact]
    public async Task Key_OfAPerson_DoesNoMoreThanTheyMayNow()
    {
        var (organization, _) = await OwnerAsync();
        var member = await access.MemberAsync(organization, Ct, Role.Builder);
        var owner = await access.MemberAsync(organization, Ct, Role.Owner);
        const string Body = """{"not":"a definition"}""";

        var asBuilder = await access.AskAsync(member.Key, "POST", "scenarios/import", JsonElement.Parse(Body), Ct);
        await access.AskAsync(owner.Key, "PUT", $"members/{member.Id}/roles", new { roles = new[] { Role.Viewer } }, Ct);
        var asViewer = await access.AskAsync(member.Key, "POST", "scenarios/import", JsonElement.Parse(Body), Ct);
        await access.AskAsync(owner.Key, "POST", $"members/{member.Id}/suspend", null, Ct);
        var suspended = await access.AskAsync(member.Key, "GET", "runs", null, Ct);

        Assert.NotEqual(403, asBuilder.Status);
        Assert.Equal(("IB4007", "IB4002"), (asViewer.Code, suspended.Code));
    }

    [Fact]
    public async Task ServiceAccount_HoldsKeysUntilItIsClosed()
    {
        var (organization, owner) = await OwnerAsync();
        var limited = await access.KeyAsync(organization, owner.Id, [Permission.ManageKeys], Ct);

        var tooMuch = await access.AskAsync(limited, "POST", "service-accounts", new { name = "n", roles = new[] { Role.Owner } }, Ct);
        var account = await access.AskAsync(owner.Key, "POST", "service-accounts", new { name = "MES 网关", roles = new[] { Role.Runner } }, Ct);
        var alike = await access.AskAsync(owner.Key, "POST", "service-accounts", new { name = "mes网关", roles = new[] { Role.Runner } }, Ct);
        var id = account["id"].GetString();
        var beyond = await access.AskAsync(owner.Key, "POST", "keys", new { name = "k", permissions = new[] { Permission.EditScenarios }, serviceAccount = id }, Ct);
        var key = await access.AskAsync(owner.Key, "POST", "keys", new { name = "k", serviceAccount = id }, Ct);
        var text = key["text"].GetString()!;
        var open = await access.AskAsync(text, "GET", "runs", null, Ct);
        var closed = await access.AskAsync(owner.Key, "DELETE", $"service-accounts/{id}", null, Ct);
        var after = await access.AskAsync(text, "GET", "runs", null, Ct);

        Assert.Equal((201, "IB4069", "IB4061", 201), (account.Status, alike.Code, beyond.Code, key.Status));
        Assert.Equal(RolePermissions.Of([Role.Runner]), key["key"].GetProperty("permissions").EnumerateArray().Select(p => p.GetString()));
        Assert.Equal((200, 200, "IB4002"), (open.Status, closed.Status, after.Code));
        Assert.Equal("IB4079", tooMuch.Code);
    }

    [Fact]
    public async Task Key_ThatIsMistyped_IsToldSo()
    {
        var (_, owner) = await OwnerAsync();
        var mistyped = owner.Key[..20] + (owner.Key[20] == 'a' ? 'b' : 'a') + owner.Key[21..];

        Assert.Equal((401, "IB4060"), (await access.AskAsync(mistyped, "GET", "runs", null, Ct)) is var answer ? (answer.Status, answer.Code) : default);
    }

    [Fact]
    public async Task Key_OfAnEarlierVersion_GoesOn()
    {
        var organization = AccessHost.Fresh("old");
        const string Text = "a key of an earlier version, any text";
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Text)));
        await access.Host.ExecuteAsync(
            $$"""insert into mt_doc_apikey (id, data, mt_dotnet_type) values ('{{hash}}', '{"id":"{{hash}}","name":"old","shortId":"key-{{hash[..12]}}","organization":"{{organization}}","permissions":["runs.read","keys.manage"],"createdAt":"2026-01-01T00:00:00+00:00","revokedAt":null}', 'IndustryBrain.Identity.Keys.ApiKey')""", Ct);

        var listed = await access.AskAsync(Text, "GET", "keys", null, Ct);
        var rotated = await access.AskAsync(Text, "POST", $"keys/key-{hash[..12]}/rotate", new { }, Ct);

        Assert.Equal(("old", JsonValueKind.Null), (listed.Body[0].GetProperty("name").GetString(), listed.Body[0].GetProperty("expiresAt").ValueKind));
        Assert.Equal(201, rotated.Status);
    }

    private async Task<(string Organization, AccessHost.Member Owner)> OwnerAsync()
    {
        var organization = AccessHost.Fresh("org");
        return (organization, await access.MemberAsync(organization, Ct, Role.Owner));
    }
}
