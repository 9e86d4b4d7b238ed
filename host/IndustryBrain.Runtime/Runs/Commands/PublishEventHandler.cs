using IndustryBrain.Runtime.Runs.Recording;
using IndustryBrain.Runtime.Triggers;
using Marten;
using Wolverine;

namespace IndustryBrain.Runtime.Runs.Commands;

/// <summary>Puts an event into the inbox of every run that waits for it, and starts the scenarios whose trigger it is.</summary>
public static class PublishEventHandler
{
    /// <summary>Takes the command.</summary>
    public static async Task HandleAsync(PublishEvent command, IDocumentSession session, Envelope envelope, ScenarioTriggers triggers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(triggers);
        RunInbox.Receive(session, envelope);
        await triggers.PublishAsync(session, command, cancellationToken);
    }
}
