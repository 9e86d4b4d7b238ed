using System.Collections.Frozen;
using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;
using IndustryBrain.Plugins;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Projects;

/// <summary><c>brain new</c>: a project from the templates, which are installed when they are not there.</summary>
internal static partial class NewCommand
{
    private const string Templates = "IndustryBrain.Templates";

    // Reserved words of C#, which no namespace can have as they are.
    private static readonly FrozenSet<string> Keywords = (
        "abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit extern false finally fixed float for foreach goto if implicit in int interface "
        + "internal is lock long namespace new null object operator out override params private protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof "
        + "uint ulong unchecked unsafe ushort using virtual void volatile while").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    // dotnet new: there is no template of that name.
    private const int TemplateMissing = 103;

    // dotnet new: files that it would write are there.
    private const int WouldOverwrite = 73;

    public static Command Create() => new("new", "新建插件或应用场景。A new plugin or scenario.")
    {
        Of("plugin", "ib-plugin", "新建插件，带测试和示例。A new plugin, with tests and a sample.", Kind()),
        Of("scenario", "ib-scenario", "新建应用场景，带示例数据和期望结果。A new scenario, with sample data and expected results.", null),
    };

    private static Option<string> Kind()
    {
        var kind = new Option<string>("--kind") { Description = "组件的类别。Kind of the component.", DefaultValueFactory = _ => "tool" };
        kind.AcceptOnlyFromAmong("tool", "knowledge", "application");
        return kind;
    }

    private static Command Of(string word, string template, string description, Option<string>? kind)
    {
        var name = new Argument<string>("name") { Description = "项目名称，如 Acme.Rain。Name of the project, such as Acme.Rain." };
        var vendor = new Option<string?>("--vendor") { Description = "供应商名称，默认为名称的第一段。Name of the vendor; the first part of the name by default." };
        var id = new Option<string?>("--id") { Description = "包编号，默认为名称。Id of the package; the name by default." };
        var output = new Option<string?>("--output", "-o") { Description = "文件夹，默认以名称命名。The folder; by default one with that name." };
        var source = new Option<string?>("--source") { Description = "模板包的来源。Where the templates come from." };
        var command = new Command(word, description) { name, vendor, id, output, source };
        if (kind is not null)
        {
            command.Options.Add(kind);
        }

        command.SetAction((parsed, ct) =>
        {
            var project = parsed.GetRequiredValue(name);
            if (!IsProjectName(project))
            {
                return Task.FromResult(Complaint.Write(CliFailures.ProjectName(project)));
            }

            if (parsed.GetValue(id) is { } given && (!PackageId().IsMatch(given) || HasDevice(given)))
            {
                return Task.FromResult(Complaint.Write(CliFailures.PackageId(given)));
            }

            if (PluginNames.AreOfPlatform(parsed.GetValue(id) ?? project))
            {
                return Task.FromResult(Complaint.Write(CliFailures.NameOfPlatform(parsed.GetValue(id) ?? project)));
            }

            var folder = Path.GetFullPath(parsed.GetValue(output) ?? project);
            string[] options = [.. Given("--vendor", parsed.GetValue(vendor)), .. Given("--id", parsed.GetValue(id)), .. Given("--kind", kind is null ? null : parsed.GetValue(kind))];
            return CreateAsync(["new", template, "-n", project, "-o", folder, .. options], folder, parsed.GetValue(source), ct);
        });
        return command;
    }

    // The name becomes that of a namespace, and of a package beside the SDK's.
    private static bool IsProjectName(string name) =>
        ProjectName().IsMatch(name) && !name.Equals("IndustryBrain.Sdk", StringComparison.OrdinalIgnoreCase) && name.Split('.').All(part => part.Length > 0 && !Keywords.Contains(part)) && !HasDevice(name);

    // The name becomes that of files and folders, and the id that of a folder on each host.
    private static bool HasDevice(string name) => name.Split('.').Any(PluginNames.IsDevice);

    private static IEnumerable<string> Given(string option, string? value) => string.IsNullOrEmpty(value) ? [] : [option, value];

    private static async Task<int> CreateAsync(string[] arguments, string folder, string? source, CancellationToken ct)
    {
        var here = Environment.CurrentDirectory;
        var made = await DotnetProgram.ListenAsync(arguments, here, ct);
        if (made.TryGet(out var missing, out _) && missing.ExitCode == TemplateMissing)
        {
            if (await InstallAsync(source, here, ct) is { } refused)
            {
                return Complaint.Write(refused);
            }

            made = await DotnetProgram.ListenAsync(arguments, here, ct);
        }

        if (!made.TryGet(out var ended, out var failure))
        {
            return Complaint.Write(failure);
        }

        if (ended.ExitCode == WouldOverwrite)
        {
            return Complaint.Write(CliFailures.ProjectThereAlready(folder));
        }

        if (ended.ExitCode != 0)
        {
            return Complaint.Write(CliFailures.ProjectNotMade(folder, ended.Said));
        }

        Console.Out.WriteLine(folder);
        Console.Out.WriteLine(new LocalizedText("接下来：dotnet build，brain test，dotnet pack；README.md 有说明。", "Next: dotnet build, brain test, dotnet pack; README.md explains.").ToString());
        return ExitCode.Success;
    }

    private static async Task<Failure?> InstallAsync(string? source, string folder, CancellationToken ct)
    {
        var version = typeof(NewCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        string[] from = source is null ? [] : ["--add-source", source];
        var installed = await DotnetProgram.ListenAsync(["new", "install", $"{Templates}@{version}", .. from], folder, ct);
        return !installed.TryGet(out var ended, out var failure) ? failure
            : ended.ExitCode == 0 ? null
            : CliFailures.TemplatesNotInstalled($"{Templates} {version}", ended.Said);
    }

    [GeneratedRegex(@"^[\p{L}_][\p{L}\p{Nd}._-]{0,99}\z")]
    private static partial Regex ProjectName();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*\z")]
    private static partial Regex PackageId();
}
