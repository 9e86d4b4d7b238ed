using IndustryBrain.Runtime.Runs.Recording;
using Marten;
using Wolverine;

namespace IndustryBrain.Runtime.Runs.Commands;

/// <summary>Puts an event into the inbox of every run that waits for it.</summary>
public static class PublishEventHandler
{
    /// <summary>Takes the command.</summary>
    public static void Handle(PublishEvent command, IDocumentSession session, Envelope envelope, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(time);
        RunInbox.Receive(session, envelope);
        RunWaits.Publish(session, command, time.GetUtcNow());
    }
}
