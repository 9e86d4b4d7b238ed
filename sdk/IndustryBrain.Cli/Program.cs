using System.CommandLine;
using IndustryBrain.Cli;
using IndustryBrain.Cli.Running;

var parsed = BrainCommand.Create().Parse(args);
if (CommandLineErrors.Find(parsed) is { } wrong)
{
    return RunCommand.Refuse(wrong, args.Contains("--json"));
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(60) });
}
#pragma warning disable CA1031 // The edge of the program: a person gets a sentence and a code, never a stack trace.
catch (Exception e)
#pragma warning restore CA1031
{
    return RunCommand.Refuse(CliFailures.Internal(e.GetType().Name), args.Contains("--json"));
}
