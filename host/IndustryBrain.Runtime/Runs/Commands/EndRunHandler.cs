using IndustryBrain.Runtime.Runs.Recording;
using Marten;
using Wolverine;

namespace IndustryBrain.Runtime.Runs.Commands;

/// <summary>Puts the wish to end a run into the run's inbox.</summary>
public static class EndRunHandler
{
    /// <summary>Takes the command.</summary>
    public static void Handle(EndRun command, IDocumentSession session, Envelope envelope)
    {
        ArgumentNullException.ThrowIfNull(command);
        RunInbox.Receive(session, envelope);
        RunInbox.DeliverEnd(session, command.RunId);
    }
}
