using IndustryBrain.Runtime.Runs.Nodes;
using IndustryBrain.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wolverine;
using Wolverine.Runtime;

namespace IndustryBrain.Runtime.Runs.Commands;

/// <summary>What the log says of a command that its handler failed on: one line when it is put off, one when it is given up. What the messaging itself says of each attempt names no run, and is left out.</summary>
internal static partial class CommandLog
{
    /// <summary>The command failed at once and again, and is tried again later.</summary>
    public static ValueTask PutOff(IWolverineRuntime runtime, IEnvelopeLifecycle lifecycle, Exception exception)
    {
        // An outage is one line, not one for each command.
        if (DatabaseOutage.IsOutage(exception))
        {
            runtime.Services.GetRequiredService<OutageLog>().Failed(exception);
            return ValueTask.CompletedTask;
        }

        if (lifecycle.Envelope is { } envelope)
        {
            var (logger, name, run) = (Logger(runtime), NameOf(envelope), RunOf(envelope.Message));
            LogPutOff(logger, exception, name, run);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The command failed each time: it lies among the dead letters.</summary>
    public static ValueTask GivenUp(IWolverineRuntime runtime, IEnvelopeLifecycle lifecycle, Exception exception)
    {
        if (lifecycle.Envelope is { } envelope)
        {
            var (logger, name, run) = (Logger(runtime), NameOf(envelope), RunOf(envelope.Message));
            LogGivenUp(logger, exception, name, run, envelope.Id);
        }

        return ValueTask.CompletedTask;
    }

    private static ILogger Logger(IWolverineRuntime runtime) => runtime.LoggerFactory.CreateLogger(typeof(CommandLog).FullName!);

    private static string NameOf(Envelope envelope) => envelope.Message?.GetType().Name ?? envelope.MessageType ?? "";

    /// <summary>The run that does not hear of it.</summary>
    private static Guid? RunOf(object? command) => command switch
    {
        EndRun c => c.RunId,
        RaiseEvent c => c.RunId,
        StartChild c => c.RunId,
        ChildStopped c => c.ParentRunId,
        PublishEvent c => c.PublisherRunId,
        RunStopped c => c.RunId,
        _ => null,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "Command {Command} of run {RunId} failed; it is tried again later")]
    private static partial void LogPutOff(ILogger logger, Exception exception, string command, Guid? runId);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Command {Command} of run {RunId} failed each time and is given up; it is kept as dead letter {Id}")]
    private static partial void LogGivenUp(ILogger logger, Exception exception, string command, Guid? runId, Guid id);
}
