using IndustryBrain.Sdk;

namespace IndustryBrain.Cli;

/// <summary>Says on standard error what is wrong: one sentence with its code, where, and what to do.</summary>
internal static class Complaint
{
    /// <summary>Writes <paramref name="failure"/> in the language of the user and returns the exit code for it.</summary>
    public static int Write(Failure failure)
    {
        var where = failure.Where is null ? "" : $" [{failure.Where}]";
        var action = failure.Action is null ? "" : " " + failure.Action;
        Console.Error.WriteLine($"{failure.Code}: {failure.Message}{where}{action}");
        return ExitCode.Refused;
    }
}
