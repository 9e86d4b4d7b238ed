using System.Text;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Packaging;

[assembly: Plugin("Sample.Connector", "connector", Vendor = "Sample", Zh = "示例", En = "Sample", DescriptionZh = "测试用。", DescriptionEn = "For tests.")]
[assembly: Permission(CapabilityNames.Http, "查询公开价格。", "Asks for public prices.", Targets = ["GET,POST http://*.example.com", "GET http://*:*"])]
[assembly: Permission(CapabilityNames.PrivateHttp, "查询厂内系统。", "Asks the plant's own systems.", Targets = ["GET,POST http://localhost:*", "GET,POST http://127.0.0.1:*"])]
[assembly: Permission(CapabilityNames.Folder, "保存模型。", "Keeps a model.", MaxBytes = 1000)]
[assembly: Permission(CapabilityNames.Secrets, "登录。", "Signs in.", Targets = ["plant-key", "send plant-token"])]
[assembly: Permission(CapabilityNames.Files, "读取交来的文件。", "Reads the files it is given.")]
[assembly: Permission(CapabilityNames.Clock, "按工厂时间取日期。", "Takes the date of the plant.")]
[assembly: Permission(CapabilityNames.Knowledge, "查询班次规则。", "Asks for the rules of shifts.", Targets = ["connector.*", "other.rules"])]
[assembly: Permission(CapabilityNames.Events, "通知等待的运行。", "Tells the runs that wait.", Targets = ["order-*", "shift"])]
[assembly: Permission(CapabilityNames.DataSets, "读取价格，记录读数。", "Reads prices and keeps readings.", Targets = ["read prices", "read readings", "write readings"])]
[assembly: Permission(CapabilityNames.Mqtt, "向产线发送状态。", "Tells the line its state.", Targets = ["plant line1/+/state", "plant alarms/#", "other all"])]

namespace Connector;

/// <summary>What to ask for.</summary>
public sealed record Question(string Url, string Method = "GET", string? Body = null, string? Secret = null);

/// <summary>What was answered.</summary>
public sealed record Reply(int Status, string Text, string Url);

/// <summary>Sends a request.</summary>
[Component("connector.fetch", Zh = "请求", En = "Fetch", HasSideEffects = true, IsDeterministic = false)]
public sealed class Fetch : ToolComponent<Question, Reply>
{
    /// <inheritdoc />
    protected override async ValueTask<Result<Reply>> RunAsync(Question input, ComponentContext context, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new HttpMethod(input.Method), input.Url);
        if (input.Body is not null)
        {
            request.Content = new StringContent(input.Body);
        }

        if (input.Secret is not null)
        {
            HttpCapability.AddSecretHeader(request, "Authorization", input.Secret, "Bearer ");
        }

        if (!(await context.Http.SendAsync(request, cancellationToken).ConfigureAwait(false)).TryGet(out var response, out var failure))
        {
            return failure;
        }

        using (response)
        {
            return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false), response.RequestMessage!.RequestUri!.AbsoluteUri);
        }
    }
}

/// <summary>Sends a request through a library that knows only clients.</summary>
[Component("connector.client", Zh = "客户端", En = "Client", HasSideEffects = true, IsDeterministic = false)]
public sealed class Client : ToolComponent<Question, Reply>
{
    /// <inheritdoc />
    protected override async ValueTask<Result<Reply>> RunAsync(Question input, ComponentContext context, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(context.Http.CreateHandler());
        return new Reply(200, await client.GetStringAsync(new Uri(input.Url), cancellationToken).ConfigureAwait(false), input.Url);
    }
}

/// <summary>A file by name, and what to do with it.</summary>
public sealed record Change(string Operation, string Name = "", string Text = "");

/// <summary>What is there.</summary>
public sealed record Content(string Text, IReadOnlyList<string> Names);

/// <summary>Uses the folder.</summary>
[Component("connector.folder", Zh = "文件夹", En = "Folder", HasSideEffects = true, IsDeterministic = false)]
public sealed class Folder : ToolComponent<Change, Content>
{
    /// <inheritdoc />
    protected override async ValueTask<Result<Content>> RunAsync(Change input, ComponentContext context, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(input.Text);
        var done = input.Operation switch
        {
            "write" => (await context.Folder.WriteAsync(input.Name, bytes, cancellationToken).ConfigureAwait(false)).Failure,
            "append" => (await context.Folder.AppendAsync(input.Name, bytes, cancellationToken).ConfigureAwait(false)).Failure,
            "delete" => (await context.Folder.DeleteAsync(input.Name, cancellationToken).ConfigureAwait(false)).Failure,
            _ => null,
        };
        if (done is not null)
        {
            return done;
        }

        if (!(await context.Folder.ListAsync(cancellationToken).ConfigureAwait(false)).TryGet(out var files, out var failure))
        {
            return failure;
        }

        if (input.Operation is not ("read" or "tail"))
        {
            return new Content("", [.. files.Select(f => f.Name)]);
        }

        var read = input.Operation == "tail"
            ? await context.Folder.ReadAsync(input.Name, 2, 3, cancellationToken).ConfigureAwait(false)
            : await context.Folder.ReadAsync(input.Name, cancellationToken).ConfigureAwait(false);
        return read.TryGet(out var text, out failure) ? new Content(Encoding.UTF8.GetString(text.Span), [.. files.Select(f => f.Name)]) : failure;
    }
}

/// <summary>The name of a secret.</summary>
public sealed record Named(string Name);

/// <summary>Its length.</summary>
public sealed record Length(int Characters);

/// <summary>Tells a secret to whoever listens.</summary>
[Component("connector.tells", Zh = "泄露", En = "Tells", IsDeterministic = false)]
public sealed class Tells : ToolComponent<Named, Length>
{
    /// <inheritdoc />
    protected override async ValueTask<Result<Length>> RunAsync(Named input, ComponentContext context, CancellationToken cancellationToken)
    {
        if (!(await context.Secrets.GetAsync(input.Name, cancellationToken).ConfigureAwait(false)).TryGet(out var secret, out var failure))
        {
            return failure;
        }

        context.Log(ComponentLogLevel.Warning, $"the key is {secret}");
        context.Report(0.5, new($"密钥 {Uri.EscapeDataString(secret)}", $"key {Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))}"));
        return new Failure("Sample.Connector:TOLD", new($"密钥 {secret}", $"key {secret}")) { Where = secret };
    }
}

/// <summary>What to ask of the host.</summary>
public sealed record Asked(string Capability, string Operation);

/// <summary>Asks for a capability by name, and keeps the context of its first call.</summary>
[Component("connector.asks", Zh = "询问", En = "Asks", IsDeterministic = false)]
public sealed class Asks : ToolComponent<Asked, Length>
{
    private ComponentContext? _kept;

    /// <inheritdoc />
    protected override async ValueTask<Result<Length>> RunAsync(Asked input, ComponentContext context, CancellationToken cancellationToken)
    {
        var asked = input.Operation == "again" ? _kept! : _kept = context;
        var request = new CapabilityRequest(input.Capability, input.Operation, System.Text.Json.JsonElement.Parse("{}"));
        return (await asked.RequestAsync(request, cancellationToken).ConfigureAwait(false)).TryGet(out _, out var failure) ? new Length(0) : failure;
    }
}
