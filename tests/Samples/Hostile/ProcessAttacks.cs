using System.Diagnostics;
using IndustryBrain.Sdk.Components;

namespace Hostile;

/// <summary>Starts a program.</summary>
[Component("hostile.process-start", Zh = "启动程序", En = "Starts a program")]
public sealed class ProcessStart : Attack
{
    /// <inheritdoc />
    protected override async Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        using var process = Process.Start("/bin/true");
        await process.WaitForExitAsync();
        return "started";
    }
}

/// <summary>Becomes another program.</summary>
[Component("hostile.process-become", Zh = "变为另一程序", En = "Becomes a program")]
public sealed class ProcessBecome : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        Check(Libc.Execute("/bin/true", [0]));
        return Task.FromResult("");
    }
}

/// <summary>Kills another process.</summary>
[Component("hostile.process-kill", Zh = "结束他人进程", En = "Kills")]
public sealed class ProcessKill : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        Check(Libc.Kill(aim.Number, 9));
        return Task.FromResult("killed");
    }
}

/// <summary>Holds another process back.</summary>
[Component("hostile.process-priority", Zh = "降低他人优先级", En = "Renices")]
public sealed class ProcessPriority : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        Check(Libc.SetPriority(0, aim.Number, 19));
        return Task.FromResult("reniced");
    }
}

/// <summary>Takes a descriptor of another process, from which its files could be taken.</summary>
[Component("hostile.process-descriptor", Zh = "他人进程描述符", En = "Opens a process")]
public sealed class ProcessDescriptor : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        Check(Libc.Close((int)Check(Libc.Call(434, aim.Number, 0))));
        return Task.FromResult("opened");
    }
}

/// <summary>Reads the environment of the host, where its secrets are.</summary>
[Component("hostile.process-environment", Zh = "宿主环境变量", En = "Environment of the host")]
public sealed class ProcessEnvironment : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context) => File.ReadAllTextAsync($"/proc/{aim.Number}/environ");
}

/// <summary>Looks into the memory of the host.</summary>
[Component("hostile.process-memory", Zh = "宿主内存", En = "Memory of the host")]
public sealed class ProcessMemory : Attack
{
    /// <inheritdoc />
    protected override async Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        await using var memory = File.OpenRead($"/proc/{aim.Number}/maps");
        return memory.ReadByte() < 0 ? throw new IOException("Nothing was read.") : "read";
    }
}

/// <summary>Watches what others do to files.</summary>
[Component("hostile.process-watch", Zh = "监视文件", En = "Watches files")]
public sealed class ProcessWatch : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        Check(Libc.Close((int)Check(Libc.Watch(0))));
        return Task.FromResult("watching");
    }
}

/// <summary>Ends the process that it runs in.</summary>
[Component("hostile.process-end", Zh = "结束自己", En = "Ends itself")]
public sealed class ProcessEnd : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        Environment.Exit(0);
        return Task.FromResult("");
    }
}

/// <summary>Writes what is no frame to whatever it finds open.</summary>
[Component("hostile.process-frames", Zh = "伪造帧", En = "Forges frames")]
public sealed class ProcessFrames : Attack
{
    /// <inheritdoc />
    protected override async Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        for (var descriptor = 3; descriptor < 32; descriptor++)
        {
            _ = Libc.Write(descriptor, new byte[8], 8);
        }

        await Task.Delay(Timeout.Infinite);
        return "";
    }
}

/// <summary>Greets the host a second time, as no worker does.</summary>
[Component("hostile.process-hello", Zh = "再次问候", En = "Greets again")]
public sealed class ProcessHello : Attack
{
    /// <inheritdoc />
    protected override async Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        var header = """{"kind":"hello","protocol":1}"""u8;
        byte[] frame = [(byte)(header.Length + 2), 0, 0, 0, (byte)header.Length, 0, .. header];
        for (var descriptor = 3; descriptor < 32; descriptor++)
        {
            _ = Libc.Write(descriptor, frame, frame.Length);
        }

        await Task.Delay(Timeout.Infinite);
        return "";
    }
}

/// <summary>Lists what the host has open.</summary>
[Component("hostile.process-files", Zh = "宿主打开的文件", En = "Files of the host")]
public sealed class ProcessFiles : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context) => Task.FromResult(string.Join(',', Directory.GetFileSystemEntries($"/proc/{aim.Number}/fd")));
}

/// <summary>Makes a second process of itself.</summary>
[Component("hostile.process-fork", Zh = "复制进程", En = "Forks")]
public sealed class ProcessFork : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        // SIGCHLD as the only flag: a process, not a thread. The child leaves at once.
        var isArm = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64;
        var child = Libc.Call(isArm ? 220 : 56, 17, 0, 0, 0, 0);
        if (child == 0)
        {
            Libc.Call(isArm ? 94 : 231, 0, 0, 0, 0, 0);
        }

        Check(child);
        return Task.FromResult("forked");
    }
}
