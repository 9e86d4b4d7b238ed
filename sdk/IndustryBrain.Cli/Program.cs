using System.CommandLine;
using System.Globalization;
using IndustryBrain.Cli;
using IndustryBrain.Cli.Running;

// Chinese for who reads it and where nothing is said; English for everybody else.
if (CultureInfo.CurrentUICulture is { Name.Length: > 0, TwoLetterISOLanguageName: not "zh" })
{
    CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
}

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
