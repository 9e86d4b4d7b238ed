using IndustryBrain.Sdk.Components;

namespace Hostile;

/// <summary>Opens its own assembly for writing: the next start would run what it likes.</summary>
[Component("hostile.file-own-assembly", Zh = "改写自身程序集", En = "Rewrites itself")]
public sealed class FileOwnAssembly : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        using var file = File.Open(typeof(FileOwnAssembly).Assembly.Location, System.IO.FileMode.Open, FileAccess.ReadWrite);
        return Task.FromResult("opened");
    }
}

/// <summary>Leaves something in the folder of temporary files.</summary>
[Component("hostile.file-temporary", Zh = "写临时文件", En = "Writes a temporary file")]
public sealed class FileTemporary : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        var path = Path.Combine("/tmp", "ib-escape-" + Guid.NewGuid().ToString("N"));
        File.WriteAllText(path, "written");
        File.Delete(path);
        return Task.FromResult("written");
    }
}

/// <summary>Meets others in the folder of shared memory.</summary>
[Component("hostile.file-shared-memory", Zh = "写共享内存文件", En = "Writes to shared memory")]
public sealed class FileSharedMemory : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        var path = Path.Combine("/dev/shm", "ib-escape-" + Guid.NewGuid().ToString("N"));
        File.WriteAllText(path, "written");
        File.Delete(path);
        return Task.FromResult("written");
    }
}

/// <summary>Lays a link that others follow.</summary>
[Component("hostile.file-link", Zh = "符号链接", En = "Makes a link")]
public sealed class FileLink : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        File.CreateSymbolicLink(aim.Path + ".new", "/etc/passwd");
        return Task.FromResult("linked");
    }
}

/// <summary>Keeps a file under a second name.</summary>
[Component("hostile.file-hard-link", Zh = "硬链接", En = "Makes a hard link")]
public sealed class FileHardLink : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        Check(Libc.Link(aim.Path!, aim.Path + ".new"));
        return Task.FromResult("linked");
    }
}

/// <summary>Makes a pipe with a name, to speak with others past the host.</summary>
[Component("hostile.file-pipe", Zh = "命名管道", En = "Makes a pipe")]
public sealed class FilePipe : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        Check(Libc.MakePipe(aim.Path + ".new", 0x180));
        return Task.FromResult("made");
    }
}

/// <summary>Moves it away.</summary>
[Component("hostile.file-rename", Zh = "改名", En = "Renames")]
public sealed class FileRename : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        File.Move(aim.Path!, aim.Path + ".new");
        return Task.FromResult("moved");
    }
}

/// <summary>Makes a folder.</summary>
[Component("hostile.file-folder", Zh = "建目录", En = "Makes a folder")]
public sealed class FileFolder : Attack
{
    /// <inheritdoc />
    protected override Task<string> TryAsync(Aim aim, ComponentContext context)
    {
        Directory.CreateDirectory(aim.Path + ".new");
        return Task.FromResult("made");
    }
}
