using JasperFx;
using JasperFx.CodeGeneration;
using JasperFx.Core;
using Marten;
using Marten.Exceptions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Wolverine;
using Wolverine.ErrorHandling;
using Wolverine.Marten;

namespace IndustryBrain.Runtime.Runs.Commands;

/// <summary>Wolverine as the runtime uses it: commands between nodes on the platform's own PostgreSQL, with handlers generated ahead of time.</summary>
internal static class CommandSetup
{
    /// <summary>Schema of Wolverine's tables.</summary>
    public const string Schema = "messaging";

    /// <summary>The local queue of commands, durable: what a dead node left in it another node handles.</summary>
    public const string Queue = "run-commands";

    /// <summary>Every handler; the generated code has one class for each.</summary>
    public static IReadOnlyList<Type> Handlers { get; } = [typeof(EndRunHandler), typeof(RaiseEventHandler), typeof(PublishEventHandler), typeof(StartChildHandler), typeof(ChildStoppedHandler), typeof(RunStoppedHandler)];

    private static IReadOnlyList<Type> Commands { get; } = [typeof(EndRun), typeof(RaiseEvent), typeof(PublishEvent), typeof(StartChild), typeof(ChildStopped), typeof(RunStopped)];

    public static void Integrate(MartenServiceCollectionExtensions.MartenConfigurationExpression marten) =>
        // Marten itself creates nothing after the start; Wolverine's few tables are compared, and created, at its start under a lock of the database.
        marten.IntegrateWithWolverine(o => (o.MessageStorageSchemaName, o.AutoCreate) = (Schema, AutoCreate.CreateOrUpdate));

    public static void Add(IServiceCollection services)
    {
        services.AddWolverine(ExtensionDiscovery.ManualOnly, Configure);
        services.AddLogging(Quiet);
    }

    /// <summary>Store and messaging log each statement of each attempt, with its values, and rethrow what they logged. Whoever catches it says it once, and with the run.</summary>
    private static void Quiet(ILoggingBuilder logging)
    {
        logging.AddFilter("Marten.IDocumentStore", LogLevel.Critical).AddFilter("Wolverine", LogLevel.Critical);
        foreach (var command in Commands)
            logging.AddFilter(command.FullName, LogLevel.Critical);
    }

    private static void Configure(WolverineOptions options)
    {
        options.ServiceName = "IndustryBrain";
        options.ApplicationAssembly = typeof(CommandSetup).Assembly;
        options.Discovery.DisableConventionalDiscovery();
        foreach (var handler in Handlers)
            options.Discovery.IncludeType(handler);
        options.CodeGeneration.TypeLoadMode = TypeLoadMode.Static;
        options.CodeGeneration.SourceCodeWritingEnabled = false;
        options.Policies.AutoApplyTransactions();
        options.LocalQueue(Queue).UseDurableInbox().MaximumParallelMessages(4);
        options.Policies.AllLocalQueues(q => q.UseDurableInbox());
        options.OnException<MartenCommandException>(e => e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "run_command" }).Discard();
        options.OnAnyException().RetryWithCooldown(50.Milliseconds(), 500.Milliseconds())
            .Then.ScheduleRetry(5.Seconds()).And(CommandLog.PutOff)
            .Then.ScheduleRetry(15.Seconds(), 1.Minutes(), 5.Minutes(), 30.Minutes())
            .Then.MoveToErrorQueue().And(CommandLog.GivenUp);
        options.AutoBuildMessageStorageOnStartup = AutoCreate.CreateOrUpdate;
        options.Durability.Mode = DurabilityMode.Balanced;

        // What a dead node left is handled by whoever becomes the leader, in seconds, as its runs are.
        options.Durability.FirstHealthCheckExecution = 1.Seconds();
        options.Durability.HealthCheckPollingTime = 2.Seconds();
        options.Durability.CheckAssignmentPeriod = 5.Seconds();
        options.Durability.NodeReassignmentPollingTime = 2.Seconds();
        options.Durability.DurabilityMetricsEnabled = false;
        options.Durability.NodeAssignmentHealthCheckTracingEnabled = false;
    }
}
