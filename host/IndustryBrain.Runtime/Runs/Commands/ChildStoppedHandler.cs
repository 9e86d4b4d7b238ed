using IndustryBrain.Runtime.Runs.Recording;
using Marten;
using Wolverine;

namespace IndustryBrain.Runtime.Runs.Commands;

/// <summary>Puts the news of a child into the inbox of its parent.</summary>
public static class ChildStoppedHandler
{
    /// <summary>Takes the command.</summary>
    public static void Handle(ChildStopped command, IDocumentSession session, Envelope envelope)
    {
        ArgumentNullException.ThrowIfNull(command);
        RunInbox.Receive(session, envelope);
        RunInbox.Deliver(session, command.ParentRunId, new ChildStood(command.StepId, command.RunId, command.Status, command.SubStatus, command.Output));
    }
}
