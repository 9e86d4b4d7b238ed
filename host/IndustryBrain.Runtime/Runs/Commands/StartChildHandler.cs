using IndustryBrain.Runtime.Runs.Control;
using IndustryBrain.Runtime.Runs.Journal;
using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Storage;
using Marten;
using Wolverine;

namespace IndustryBrain.Runtime.Runs.Commands;

/// <summary>Accepts the run that another run asked for; whichever node is free takes it from the queue, or, where its scenario is held, when that is resumed.</summary>
public static class StartChildHandler
{
    /// <summary>Takes the command.</summary>
    public static async Task HandleAsync(StartChild command, IDocumentSession session, Envelope envelope, ScenarioPauses pauses, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(pauses);
        ArgumentNullException.ThrowIfNull(time);
        RunInbox.Receive(session, envelope);

        // Ended in between: nobody waits for the answer any more. A parent that is about to end does so after this one is on record, and finds it to end it too.
        if (command.Parent.IsAwaited && !await WorkQueue.HoldAsync(session, command.Parent.RunId, cancellationToken))
            return;

        var at = time.GetUtcNow();
        var accepted = new RunAccepted(command.DefinitionId, command.ScenarioName, command.Version, command.Input, command.StartedBy, at)
        {
            Parent = command.Parent,
            CorrelationId = command.CorrelationId,
            Plugins = command.Plugins,
            Environment = command.Environment,
            Secrets = command.Secrets,
            Pause = await pauses.FindAsync(session.TenantId, command.DefinitionId, cancellationToken),
        };
        var record = RunRecord.Of(command.RunId, accepted);
        record.TriggerDepth = command.TriggerDepth;
        await RunStore.AcceptAsync(session, new Caller(session.TenantId, command.StartedBy, "system"), record, accepted, cancellationToken);
    }
}
