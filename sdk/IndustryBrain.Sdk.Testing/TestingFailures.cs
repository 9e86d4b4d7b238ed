namespace IndustryBrain.Sdk.Testing;

/// <summary>The codes of what a test has not prepared, IB7111 to IB7113.</summary>
internal static class TestingFailures
{
    public static Failure NoReply(string request) =>
        new("IB7111", new($"测试没有为请求「{request}」准备应答。", $"The test has prepared no reply to the request “{request}”."))
        { Where = request, Action = new("请用 host.Http.Reply 准备，或录制它。", "Prepare one with host.Http.Reply, or record it.") };

    public static Failure NotOnCassette(string request, string cassette) =>
        new("IB7112", new($"录制文件 {cassette} 中没有请求「{request}」。", $"The cassette {cassette} does not hold the request “{request}”."))
        { Where = request, Action = new("请用 host.Http.Record 重新录制。", "Record it again with host.Http.Record.") };

    public static Failure CassetteUnusable(string cassette, string reason) =>
        new("IB7113", new($"录制文件 {cassette} 无法使用：{reason}", $"The cassette {cassette} cannot be used: {reason}"))
        { Where = cassette, Action = new("请用 host.Http.Record 录制。", "Record one with host.Http.Record.") };
}
