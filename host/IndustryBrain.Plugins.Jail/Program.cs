using IndustryBrain.Plugins.Jail;

// Order matters: what is given up first must not be needed by what follows, and nothing may run between the filter and the new program.
if (JailArguments.Parse(args) is not { } wanted)
{
    return JailExit.Refuse(JailExit.Usage, "Usage: jail [--ro PATH] [--rw PATH] [--rx PATH] [--data BYTES] [--address-space BYTES] [--files COUNT] [--processes COUNT] [--parent PID] -- PROGRAM [ARGUMENT]…");
}

try
{
    Privileges.FollowParent(wanted.Parent);
    Privileges.CloseInherited();
    using var rules = Landlock.Create(wanted.Rules);
    Privileges.Limit(wanted);
    Privileges.DropCapabilities();
    Privileges.SetNoNewPrivileges();
    rules.Apply();
    using var program = new ProgramImage(wanted.Command);
    Seccomp.Apply(Syscalls.OfThisMachine(), program.PathAddress, allowsSharedMemory: wanted.AddressSpace is not null);
    var error = program.Execute();
    return JailExit.Refuse(JailExit.CannotExecute, $"{wanted.Command[0]} cannot be executed (error {error}).");
}
catch (JailException e)
{
    return JailExit.Refuse(JailExit.CannotConfine, $"This machine cannot confine a plugin: {e.Message}.");
}
