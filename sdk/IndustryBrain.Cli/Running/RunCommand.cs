using System.CommandLine;
using System.Text.Json;
using IndustryBrain.Cli.Batches;
using IndustryBrain.Cli.Testing;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Running;

/// <summary><c>brain run</c>: executes definitions in memory.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var definition = new Argument<string?>("definition") { Description = "定义文件（Elsa 3 JSON）；都不给出时是所在项目的 sample。Definition file (Elsa 3 JSON); with nothing given the sample of the project.", Arity = ArgumentArity.ZeroOrOne };
        var import = new Option<string[]>("--import") { Description = "可被启动的其他定义，可重复。Another definition that may be started; repeatable.", DefaultValueFactory = _ => [] };
        var input = new Option<string?>("--input") { Description = "输入（JSON 对象）。Input (a JSON object)." };
        var plugins = new Option<string?>("--plugins") { Description = "插件包文件夹，默认为程序旁的 plugins。Folder of plugin packages; default: plugins beside the program." };
        var resumeAll = new Option<bool>("--resume-all") { Description = "立即逐个恢复等待，最早的先恢复。Resumes whatever waits at once, the oldest first." };
        var resumeInput = new Option<string?>("--resume-input") { Description = "恢复时的内容 {\"events\":{},\"tasks\":{}}。What to resume with." };
        var batch = new Option<string?>("--batch") { Description = "运行列表文件；输出总是 JSON。File with a list of runs; what is printed is always JSON." };
        var json = new Option<bool>("--json") { Description = "只输出一个 JSON 文档。Prints exactly one JSON document." };
        var secrets = new Option<string?>("--secrets") { Description = "机密文件 {\"名称\":\"值\"}，权限 600；- 为标准输入。File of secrets {\"name\":\"value\"}, mode 600; - for standard input." };
        var record = new Option<string?>("--record") { Description = "把这次运行写成测试文件，供 brain test 使用。Writes the run as a test for brain test." };
        foreach (var option in new Option[] { import, input, plugins, secrets, resumeInput, batch, record })
        {
            // A forgotten value would swallow the option behind it, and with --json the one document.
            option.Validators.Add(found =>
            {
                if (found.Tokens.FirstOrDefault(CommandLineErrors.IsOption) is { } next)
                {
                    found.AddError($"{option.Name} lacks its value; {next.Value} follows.");
                }
            });
        }

        var command = new Command("run", "在内存中运行应用场景。Runs a scenario in memory.") { definition, import, input, plugins, secrets, resumeAll, resumeInput, batch, record, json };
        command.SetAction((parsed, ct) => RunAsync(
            new Arguments(parsed.GetValue(definition), parsed.GetValue(import)!, parsed.GetValue(input), parsed.GetValue(plugins), parsed.GetValue(resumeAll), parsed.GetValue(resumeInput), parsed.GetValue(batch), parsed.GetValue(record), parsed.GetValue(secrets), parsed.GetValue(json) || parsed.GetValue(batch) is not null),
            ct));
        return command;
    }

    private static async Task<int> RunAsync(Arguments arguments, CancellationToken ct)
    {
        arguments = arguments is { Definition: null, Batch: null } && SampleProject.Find(Environment.CurrentDirectory) is { } sample
            ? arguments with { Definition = sample.Definition, Input = arguments.Input ?? sample.Input, Plugins = arguments.Plugins ?? sample.Packages }
            : arguments;
        var failure = Prepare(arguments).Failure;
        if (failure is not null)
        {
            return Refuse(failure, arguments.Json);
        }

        var secrets = GivenSecrets.None;
        if (arguments.Secrets is { } given && !(await GivenSecrets.ReadAsync(given, ct)).TryGet(out secrets, out failure))
        {
            return Refuse(failure, arguments.Json);
        }

        await using var plugins = new PluginFolder(arguments.Plugins ?? PluginFolder.Default, TimeProvider.System, secrets);
        var runner = new ScenarioRunner(plugins, TimeProvider.System);
        return arguments.Batch is { } batch ? await RunBatchAsync(runner, batch, ct) : await RunOneAsync(runner, plugins, arguments, ct);
    }

    /// <summary>Says why nothing was run: with <paramref name="json"/> as the one document on standard output.</summary>
    public static int Refuse(Failure failure, bool json) => Show(RunResult.Refused(failure), json);

    private static Result<Arguments> Prepare(Arguments arguments)
    {
        if (arguments is { Batch: not null, Record: not null })
        {
            return CliFailures.RecordOrBatch();
        }

        if (arguments.Definition is null == arguments.Batch is null)
        {
            return CliFailures.DefinitionOrBatch();
        }

        return arguments.Plugins is { } folder && !Directory.Exists(folder) ? CliFailures.PluginFolderMissing(folder) : arguments;
    }

    private static async Task<int> RunOneAsync(ScenarioRunner runner, PluginFolder plugins, Arguments arguments, CancellationToken ct)
    {
        JsonElement? input = null;
        if (arguments.Input is { } inputPath)
        {
            if (!JsonFile.ReadObject(inputPath).TryGet(out var given, out var failure))
            {
                return Refuse(failure, arguments.Json);
            }

            input = given;
        }

        var answers = ResumeAnswers.None;
        if (arguments.ResumeInput is { } resumePath)
        {
            if (!JsonFile.ReadObject(resumePath).TryGet(out var given, out var failure))
            {
                return Refuse(failure, arguments.Json);
            }

            if (!ResumeAnswers.Of(given, out answers))
            {
                return Refuse(CliFailures.WrongShape(resumePath, new("{\"events\":{…},\"tasks\":{…}}", "{\"events\":{…},\"tasks\":{…}}")), arguments.Json);
            }
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(arguments.Input ?? arguments.Definition!))!;
        var resume = arguments.ResumeAll ? answers : null;
        var request = new RunRequest(arguments.Definition!, arguments.Imports, input, folder, resume) { Recorder = arguments.Record is null ? null : new FixtureRecorder() };
        var result = await ExecuteAsync(runner, request, ct);
        if (request.Recorder is { } recorder && result.Status != RunResult.Rejected && FixtureDraft.Write(arguments.Record!, FixtureDraft.Of(request, recorder, result)) is { } notWritten)
        {
            return Refuse(notWritten, arguments.Json);
        }

        foreach (var line in arguments.Json ? [] : plugins.LinesWithPlace)
        {
            Console.Error.WriteLine($"{line.Where}: {line.Component}: {line.Message}");
        }

        return Show(result, arguments.Json);
    }

    private static async Task<int> RunBatchAsync(ScenarioRunner runner, string path, CancellationToken ct)
    {
        if (!BatchFile.Read(path).TryGet(out var entries, out var failure))
        {
            return Refuse(failure, json: true);
        }

        await using var output = Console.OpenStandardOutput();
        await using var writer = RunDocument.Open(output);
        writer.WriteStartArray();
        foreach (var (id, request) in entries)
        {
            var result = request.TryGet(out var run, out var refused) ? await ExecuteAsync(runner, run, ct) : RunResult.Refused(refused);
            RunDocument.Write(writer, result, id);
            await writer.FlushAsync(CancellationToken.None);
        }

        writer.WriteEndArray();
        await writer.FlushAsync(CancellationToken.None);
        output.WriteByte((byte)'\n');
        return ct.IsCancellationRequested ? ExitCode.Refused : ExitCode.Success;
    }

    // Whatever happens to one run, its document is written, and the next one is run.
    private static async Task<RunResult> ExecuteAsync(ScenarioRunner runner, RunRequest request, CancellationToken ct)
    {
        try
        {
            ct.ThrowIfCancellationRequested();
            return await runner.RunAsync(request, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return RunResult.Refused(CliFailures.Cancelled());
        }
#pragma warning disable CA1031 // The edge of the program: a person gets a sentence and a code, never a stack trace.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return RunResult.Refused(CliFailures.Internal(e.GetType().Name));
        }
    }

    private static int Show(RunResult result, bool json)
    {
        if (json)
        {
            using var output = Console.OpenStandardOutput();
            using (var writer = RunDocument.Open(output))
            {
                RunDocument.Write(writer, result);
            }

            output.WriteByte((byte)'\n');
        }
        else
        {
            RunReport.Write(result);
        }

        return result.ExitCode;
    }

    private sealed record Arguments(string? Definition, IReadOnlyList<string> Imports, string? Input, string? Plugins, bool ResumeAll, string? ResumeInput, string? Batch, string? Record, string? Secrets, bool Json);
}
