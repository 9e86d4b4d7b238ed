using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Runtime.Triggers;
using Marten;
using Wolverine;

namespace IndustryBrain.Runtime.Runs.Commands;

/// <summary>Starts the scenarios whose trigger the end of a run is.</summary>
public static class RunStoppedHandler
{
    /// <summary>Takes the command.</summary>
    public static async Task HandleAsync(RunStopped command, IDocumentSession session, Envelope envelope, ScenarioTriggers triggers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(triggers);
        RunInbox.Receive(session, envelope);
        await triggers.RunStoppedAsync(session, command, cancellationToken);
    }
}
