using System.Net.Sockets;
using System.Reflection;
using System.Runtime.InteropServices;
using IndustryBrain.Host.Diagnostics;
using IndustryBrain.Host.Startup.Operations;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Host.Startup;

/// <summary>Starts the host, says where it is, and ends it; whatever keeps it from starting is one sentence with a code.</summary>
internal static class HostProgram
{
    private const int StartFailed = 1;

    private const string Help =
        """
        IndustryBrain.Host [--data FOLDER] [--urls URL] [--SECTION:NAME VALUE]…
          --data FOLDER         数据文件夹 / data folder (default: IndustryBrain in the user's application data)
          --urls URL            监听地址 / addresses to listen on, with ; between them (default: http://localhost:5080)
          --SECTION:NAME VALUE  docs/operations.md 中的配置项 / an option of docs/operations.md, such as --Files:MaxBytes 1000000
          --environment NAME    运行环境 / environment (default: Production)
          --version             版本 / version
        IndustryBrain.Host backup FILE [--key-file FILE] [OPTIONS]             备份，平台可照常运行 / a backup, while the host may go on
        IndustryBrain.Host restore FILE [--key-file FILE] [--check] [OPTIONS]  恢复到空处，或只检查文件 / into an empty place, or the file's own check
        IndustryBrain.Host diagnostics FILE [OPTIONS]                          诊断包，不含机密 / what helps to find out what is wrong, without secrets
        """;

    internal static async Task<int> RunAsync(string[] args)
    {
        if (!CommandLine.Read(args).TryGet(out var line, out var failure))
            return await RefuseAsync(failure);
        if (line.ShowsHelp || line.ShowsVersion)
        {
            await Console.Out.WriteLineAsync(line.ShowsHelp ? Help : "IndustryBrain " + Version);
            return 0;
        }

        WebApplicationBuilder builder;
        try
        {
            // Whatever the working directory is, configuration and assets stand beside the program.
            builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = line.Environment });
        }
        catch (InvalidDataException e)
        {
            return await RefuseAsync(HostFailures.SettingsUnreadable(e.InnerException?.Message ?? e.Message));
        }

        builder.Configuration.AddInMemoryCollection(line.Settings);
        if (OptionNames.FindUnknown(builder.Configuration) is { } unknown)
            return await RefuseAsync(unknown);
        if (!ListeningAddresses.Read(builder.Configuration).TryGet(out var addresses, out failure))
            return await RefuseAsync(failure);
        using var stop = new CancellationTokenSource();
        void OnCancel(object? sender, ConsoleCancelEventArgs e)
        {
            e.Cancel = true;
            stop.Cancel();
        }

        Console.CancelKeyPress += OnCancel;
        Result<Database> opened;
        try
        {
            if (line.Operation is { } operation)
                return await OperateAsync(builder, addresses, operation, stop.Token);
            opened = await Database.OpenAsync(builder.Configuration, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return line.Operation is null ? 0 : StartFailed;
        }
        finally
        {
            Console.CancelKeyPress -= OnCancel;
        }

        if (!opened.TryGet(out var database, out failure))
            return await RefuseAsync(failure);
        await using (database)
        {
            return await RunAsync(builder, addresses, database);
        }
    }

    internal static string Version => typeof(HostProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private static async Task<int> OperateAsync(WebApplicationBuilder builder, IReadOnlyList<string> addresses, Operation operation, CancellationToken ct)
    {
        try
        {
            return await OperationRun.RunAsync(builder, addresses, operation, ct) is { } failure ? await RefuseAsync(failure) : 0;
        }
#pragma warning disable CA1031 // The edge of the program, as below.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return await RefuseAsync(FailureOf(e, string.Join(", ", addresses)));
        }
    }

    private static async Task<int> RunAsync(WebApplicationBuilder builder, IReadOnlyList<string> addresses, Database database)
    {
        // Beside the host's own handlers, which stop it: says afterwards that the end was asked for.
        var isAsked = false;
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Volatile.Write(ref isAsked, true));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Volatile.Write(ref isAsked, true));
        try
        {
            var log = new StartLog();
            log.Hold(builder.Logging, builder.Configuration);
            builder.AddTelemetry();
            builder.AddWarningLog();
            builder.AddIndustryBrain(addresses, database);
            await using var app = builder.Build();
            app.UseIndustryBrain();
            await app.StartAsync();
            log.SetStarted();
            app.Services.GetRequiredService<Readiness>().SetStarted();
            var listening = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
            foreach (var address in listening)
                await Console.Out.WriteLineAsync($"IndustryBrain: {address}");
            await FirstStart.TellAsync(app.Services, listening.FirstOrDefault() ?? "", Console.Out, app.Lifetime.ApplicationStopping);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception e) when (Volatile.Read(ref isAsked) && IsCancellation(e))
        {
            return 0;
        }
#pragma warning disable CA1031 // The edge of the program: a person reads one sentence; at Debug the log has the rest.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return await RefuseAsync(FailureOf(e, string.Join(", ", addresses)));
        }
    }

    private static bool IsCancellation(Exception? exception) => exception switch
    {
        null => false,
        OperationCanceledException => true,
        AggregateException several => several.InnerExceptions.All(IsCancellation),
        _ => IsCancellation(exception.InnerException),
    };

    private static Failure FailureOf(Exception exception, string addresses) => exception switch
    {
        StorageStartException e => e.Failure,
        HostStartException e => e.Failure,
        SocketException or IOException { InnerException: AddressInUseException or SocketException } => HostFailures.AddressTaken(addresses),
        OptionsValidationException e => HostFailures.OptionInvalid(string.Join(" ", e.Failures)),
        // "Failed to convert configuration value …", with key, value and type.
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } e => HostFailures.OptionInvalid(e.Message),
        DirectoryNotFoundException or FileNotFoundException or UnauthorizedAccessException => HostFailures.PartMissing(exception.Message.ReplaceLineEndings(" ")),
        AggregateException { InnerExceptions: [var only] } => FailureOf(only, addresses),
        _ => HostFailures.StartFailed(exception.Message.ReplaceLineEndings(" ")),
    };

    private static async Task<int> RefuseAsync(Failure failure)
    {
        var sentence = $"{failure.Code}: {failure.Message.Zh}{failure.Action?.Zh} / {failure.Message.En} {failure.Action?.En}";
        await Console.Error.WriteLineAsync(sentence.ReplaceLineEndings(" ").TrimEnd());
        return StartFailed;
    }
}
