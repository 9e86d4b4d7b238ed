using System.Net.Sockets;
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

    internal static async Task<int> RunAsync(string[] args)
    {
        if (args is ["--help" or "-h"])
        {
            await Console.Out.WriteLineAsync(
                """
                IndustryBrain.Host [--data FOLDER] [--urls URL]
                  --data FOLDER  数据文件夹 / data folder (default: IndustryBrain in the user's application data)
                  --urls URL     监听地址 / address to listen on (default: http://localhost:5080)
                """);
            return 0;
        }

        // Whatever the working directory is, configuration and assets stand beside the program.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        if (!ListeningAddresses.Read(builder.Configuration).TryGet(out var addresses, out var failure))
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
            opened = await Database.OpenAsync(builder.Configuration, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
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

    private static async Task<int> RunAsync(WebApplicationBuilder builder, IReadOnlyList<string> addresses, Database database)
    {
        try
        {
            builder.AddIndustryBrain(addresses, database);
            await using var app = builder.Build();
            app.UseIndustryBrain();
            await app.StartAsync();
            app.Services.GetRequiredService<Readiness>().SetStarted();
            foreach (var address in app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
                await Console.Out.WriteLineAsync($"IndustryBrain: {address}");
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (StorageStartException e)
        {
            return await RefuseAsync(e.Failure);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException or SocketException)
        {
            return await RefuseAsync(HostFailures.AddressTaken(string.Join(", ", addresses)));
        }
        catch (SocketException)
        {
            return await RefuseAsync(HostFailures.AddressTaken(string.Join(", ", addresses)));
        }
        catch (OptionsValidationException e)
        {
            return await RefuseAsync(HostFailures.OptionInvalid(string.Join(" ", e.Failures)));
        }
        catch (HostStartException e)
        {
            return await RefuseAsync(e.Failure);
        }
#pragma warning disable CA1031 // The edge of the program: a person reads one sentence; the log has the rest.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return await RefuseAsync(HostFailures.StartFailed(e.Message.ReplaceLineEndings(" ")));
        }
    }

    private static async Task<int> RefuseAsync(Failure failure)
    {
        await Console.Error.WriteLineAsync($"{failure.Code}: {failure.Message.Zh}{failure.Action?.Zh} / {failure.Message.En} {failure.Action?.En}".TrimEnd());
        return StartFailed;
    }
}
