using IndustryBrain.Sdk;

namespace IndustryBrain.Storage.Backups;

/// <summary>Ends the reading or writing of a backup, through streams of others, with a failure that has a code.</summary>
internal sealed class BackupFileException(Failure failure) : Exception($"{failure.Code}: {failure.Message.En}")
{
    internal Failure Failure { get; } = failure;
}
