extern alias analyzers;

using System.Collections.Immutable;
using System.Globalization;
using analyzers::IndustryBrain.Sdk.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace IndustryBrain.Plugins.Tests.Audit;

/// <summary>What the audit finds in a compiled plugin the analyzer says while it is written.</summary>
public sealed class PluginCodeAnalyzerTests
{
    private const string Packaging = "using IndustryBrain.Sdk.Packaging;";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(CodeRulesTests.Offences), MemberType = typeof(CodeRulesTests))]
    public async Task Analyze_Offence_IsFoundOnItsLine(string rule, string statements)
    {
        var found = await AnalyzeAsync(Snippet.SourceOfBody(statements));

        var diagnostic = found.First(d => d.Id == rule);
        Assert.Equal(DiagnosticSeverity.Warning, diagnostic.Severity);
        Assert.Contains(diagnostic.Location.SourceTree!.GetText(Ct).ToString(diagnostic.Location.SourceSpan), statements, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(CodeRulesTests.Declared), MemberType = typeof(CodeRulesTests))]
    public async Task Analyze_Declaration_IsFound(string rule, string code) =>
        Assert.Contains(rule, (await AnalyzeAsync(code)).Select(d => d.Id));

    [Theory]
    [MemberData(nameof(CodeRulesTests.Allowed), MemberType = typeof(CodeRulesTests))]
    public async Task Analyze_NearMiss_FindsNothing(string statements) =>
        Assert.Empty((await AnalyzeAsync(Snippet.SourceOfBody(statements))).Select(d => d.GetMessage(CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("", "http")]
    [InlineData("[assembly: IndustryBrain.Sdk.Packaging.Permission(\"http\", \"查\", \"looks\", Targets = [\"GET https://acme.com\"])]", null)]
    [InlineData("[assembly: IndustryBrain.Sdk.Packaging.Permission(\"http.private\", \"查\", \"looks\", Targets = [\"GET https://acme.com\"])]", null)]
    [InlineData("[assembly: IndustryBrain.Sdk.Packaging.Permission(\"clock\", \"查\", \"looks\")]", "http")]
    public async Task Analyze_Capability_IsComparedWithPermissions(string declared, string? undeclared)
    {
        var found = await AnalyzeAsync(declared + Snippet.SourceOfBody("_ = context.Http;"));

        Assert.Equal(undeclared is null ? [] : ["IBP0401"], found.Select(d => d.Id));
        Assert.All(found, d => Assert.Contains(undeclared!, d.GetMessage(CultureInfo.GetCultureInfo("en")), StringComparison.Ordinal));
        Assert.All(found, d => Assert.StartsWith("未声明的权限", d.GetMessage(CultureInfo.GetCultureInfo("zh-CN")), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[assembly: Permission(\"htpp\", \"查\", \"looks\")]", "IBP0404", "htpp (clock, datasets, events, files, folder, http, http.private, knowledge, mqtt, secrets)")]
    [InlineData("[assembly: Permission(\"secrets\", \"查\", \"looks\")]", "IBP0405", "secrets (send api-key)")]
    [InlineData("[assembly: Permission(\"secrets\", \"查\", \"looks\", Targets = [])]", "IBP0405", "secrets (send api-key)")]
    [InlineData("[assembly: Permission(\"secrets\", \"查\", \"looks\", Targets = null)]", "IBP0405", "secrets (send api-key)")]
    public async Task Analyze_PermissionThatGivesNothing_IsFoundWhereItIsDeclared(string declared, string rule, string what)
    {
        var found = Assert.Single(await AnalyzeAsync(Packaging + declared + Snippet.SourceOfBody("_ = context.Time;")));

        Assert.Equal(rule, found.Id);
        Assert.Contains($": {what}. ", found.GetMessage(CultureInfo.GetCultureInfo("en")), StringComparison.Ordinal);
        Assert.Contains($"：{what}。", found.GetMessage(CultureInfo.GetCultureInfo("zh-CN")), StringComparison.Ordinal);
        Assert.Contains(found.Location.SourceTree!.GetText(Ct).ToString(found.Location.SourceSpan), declared, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[assembly: Permission(\"clock\", \"查\", \"looks\")]")]
    [InlineData("[assembly: Permission(\"files\", \"查\", \"looks\")]")]
    [InlineData("[assembly: Permission(\"secrets\", \"查\", \"looks\", Targets = [\"send key\"])][assembly: Permission(\"secrets\", \"另\", \"too\")]")]
    public async Task Analyze_PermissionThatGivesSomething_FindsNothing(string declared) =>
        Assert.Empty((await AnalyzeAsync(Packaging + declared + Snippet.SourceOfBody("_ = context.Time;"))).Select(d => d.GetMessage(CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("false")]
    [InlineData(null)]
    public async Task Analyze_ProjectThatIsNoPlugin_FindsNothing(string? isPlugin) =>
        Assert.Empty(await AnalyzeAsync(Snippet.SourceOfBody("_ = File.ReadAllText(\"a\");"), isPlugin));

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string code, string? isPlugin = "true")
    {
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([], new Properties(isPlugin)), (exception, _, _) => Assert.Fail(exception.ToString()), concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        return await Snippet.CompilationOf(code).WithAnalyzers([new PluginCodeAnalyzer()], options).GetAnalyzerDiagnosticsAsync(Ct);
    }

    private sealed class Properties(string? isPlugin) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(isPlugin);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Values(string? isPlugin) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => (value = key == "build_property.IsIndustryBrainPlugin" ? isPlugin : null) is not null;
    }
}
