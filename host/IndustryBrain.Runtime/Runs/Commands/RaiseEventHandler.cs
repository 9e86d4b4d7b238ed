using IndustryBrain.Runtime.Runs.Recording;
using Marten;
using Wolverine;

namespace IndustryBrain.Runtime.Runs.Commands;

/// <summary>Puts an event into the inbox of the run it is meant for: sent by hosts of earlier versions, which may have left such commands behind.</summary>
public static class RaiseEventHandler
{
    /// <summary>Takes the command.</summary>
    public static void Handle(RaiseEvent command, IDocumentSession session, Envelope envelope)
    {
        ArgumentNullException.ThrowIfNull(command);
        RunInbox.Receive(session, envelope);
        RunInbox.Deliver(session, command.RunId, new EventCame(command.Name, command.Payload) { IsAddressed = true });
    }
}
