using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Plugins.Isolation;

/// <summary>Limits of the processes that isolated plugins run in.</summary>
public sealed class WorkerOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Workers";

    /// <summary>Processes at a time; beyond it the one that was idle longest ends. Default 32.</summary>
    [Range(1, 1_000)]
    public int Max { get; set; } = 32;

    /// <summary>Processes without a plugin that are kept ready for the next first call, beside those; default 1, 0 for none.</summary>
    [Range(0, 16)]
    public int Warm { get; set; } = 1;

    /// <summary>Folder in which the files of a plugin are laid out for its processes, best on the disk of the installed plugins; empty for the system's temporary files.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Time without a call after which a process ends; default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan IdleTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Memory of one process in bytes, managed and native; default 512 MB.</summary>
    [Range(128L << 20, 64L << 30)]
    public long MemoryBytes { get; set; } = 512L << 20;

    /// <summary>Files that one process may have open; default 256.</summary>
    [Range(64, 65_536)]
    public int MaxOpenFiles { get; set; } = 256;

    /// <summary>Processes and threads of the account that the host runs as, all together; 0 for no limit of ours, the default. Root is not bound by it.</summary>
    [Range(0, 1_000_000)]
    public int MaxProcesses { get; set; }

    /// <summary>Threads that one process may have; looked at now and then. Default 512.</summary>
    [Range(32, 100_000)]
    public int MaxThreads { get; set; } = 512;

    /// <summary>Processor time that one call may take, as far as it can be told whose it is; 0 for no limit. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan CallProcessorTime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Processor time that a process may take between two calls, for what it clears up and compiles; one that takes more is ended. 0 for no limit. Default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan IdleProcessorTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Time between two looks at the processor time, memory and threads of processes with calls, and an eighth of those without; default 0.25 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan LookInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Time from starting a process to its loaded plugin; default 20 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Size of the output of one call as JSON, in bytes; default 64 MB.</summary>
    [Range(1_024, 1 << 30)]
    public int MaxOutputBytes { get; set; } = 64 << 20;

    /// <summary>Values and names in the JSON of one output, or of the arguments of one request to the host, which holds many times as much memory for them as their text has bytes; default 2 000 000.</summary>
    [Range(1_000, 100_000_000)]
    public int MaxValues { get; set; } = 2_000_000;

    /// <summary>What the host holds of all that workers have sent and nobody has taken yet, as it was sent, in bytes: large outputs, and large arguments of requests. Three quarters of it for one organization at most. Default 512 MB.</summary>
    [Range(1L << 20, 64L << 30)]
    public long MaxHeldBytes { get; set; } = 512L << 20;

    /// <summary>Time that a worker's output waits for that room before the worker is ended; default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan HeldWait { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Lines of log and progress of one call; default 10 000.</summary>
    [Range(1, 10_000_000)]
    public int MaxMessages { get; set; } = 10_000;

    /// <summary>Time between two signs of life that are asked of a process; one that misses three is ended, one that has no call from one to the next gives back the memory that calls took. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Time before a process that crashed twice in a row, or could not be started, is started again; twice as long after each further crash, at most a minute. After one crash it is started at once. Default 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan RestartDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Crashes in a row, without a call that was answered in between, after which a plugin is tripped: not started again before it is reset. Default 5.</summary>
    [Range(1, 1_000)]
    public int MaxCrashes { get; set; } = 5;

    /// <summary>The program bubblewrap, by name or path: used where it works, beside the jail of our own. Empty to do without. Default <c>bwrap</c>.</summary>
    public string Bubblewrap { get; set; } = "bwrap";

    /// <summary>These options with some limits of a plugin's own; null leaves one as it is.</summary>
    internal WorkerOptions With(long? memoryBytes, int? maxOutputBytes, int? maxMessages, int? maxThreads, int? maxOpenFiles)
    {
        var own = (WorkerOptions)MemberwiseClone();
        (own.MemoryBytes, own.MaxOutputBytes, own.MaxMessages) = (memoryBytes ?? MemoryBytes, maxOutputBytes ?? MaxOutputBytes, maxMessages ?? MaxMessages);
        (own.MaxThreads, own.MaxOpenFiles) = (maxThreads ?? MaxThreads, maxOpenFiles ?? MaxOpenFiles);
        return own;
    }

    /// <summary>Address space of one process in bytes, shared memory included, which may then be used; 0 for no limit, and no shared memory. Assemblies that are made while running are loaded through it.</summary>
    internal long AddressSpaceBytes { get; init; }
}
