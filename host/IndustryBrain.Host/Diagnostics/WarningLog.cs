using System.Text.Json;
using System.Threading.Channels;

namespace IndustryBrain.Host.Diagnostics;

/// <summary>
/// Keeps the last warnings and errors in a file of the data folder, for the diagnostics bundle: when, how grave, by which part of the program, which message before its values were put in, and the types of
/// the exceptions. So none of it can be a secret, a name or content. Words of other makers' programs are left out: they may have put values into them.
/// </summary>
internal sealed class WarningLog : ILoggerProvider
{
    private const int MostBytes = 256 * 1024;
    private const int MostWaiting = 1_000;
    private const string Template = "{OriginalFormat}";
    private readonly Channel<Entry> _entries = Channel.CreateBounded<Entry>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly TimeProvider _time;
    private readonly string _file;
    private readonly Task _writing;

    internal WarningLog(string folder, TimeProvider time)
    {
        (_file, _time) = (FileIn(folder), time);
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Where it stands; beside it with <c>.1</c> what was there before it was full.</summary>
    internal static string FileIn(string folder) => Path.Combine(folder, "warnings.jsonl");

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <inheritdoc />
    public void Dispose()
    {
        _entries.Writer.TryComplete();
        // The host is at its end, and the last words are the ones that matter.
        _writing.Wait(TimeSpan.FromSeconds(5));
    }

    private async Task WriteAsync()
    {
        await foreach (var entry in _entries.Reader.ReadAllAsync())
        {
            try
            {
                if (!OperatingSystem.IsWindows())
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(_file)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                }
                else
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
                }

                if (new FileInfo(_file) is { Exists: true, Length: > MostBytes })
                {
                    File.Move(_file, _file + ".1", overwrite: true);
                }

                await File.AppendAllTextAsync(_file, JsonSerializer.Serialize(entry, JsonSerializerOptions.Web) + "\n");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The console has it; a full disk is said there.
            }
        }
    }

    private sealed record Entry(DateTimeOffset At, string Level, string Category, int Event, string? Message, IReadOnlyList<string> Exceptions);

    private sealed class Logger(WarningLog log, string category) : ILogger
    {
        private readonly bool _isOurs = category.StartsWith("IndustryBrain.", StringComparison.Ordinal) || category.StartsWith("Microsoft.", StringComparison.Ordinal);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is LogLevel.Warning or LogLevel.Error or LogLevel.Critical;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            var message = _isOurs && state is IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 } values && values[^1] is { Key: Template, Value: string text } ? text : null;
            List<string> types = [];
            for (var e = exception; e is not null && types.Count < 5; e = e.InnerException)
            {
                types.Add(e.GetType().FullName ?? "");
            }

            log._entries.Writer.TryWrite(new(log._time.GetUtcNow(), logLevel.ToString(), category, eventId.Id, message, types));
        }
    }
}
