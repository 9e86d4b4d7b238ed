using System.Diagnostics;

namespace IndustryBrain.Storage.Postgres;

/// <summary>The command that starts the server in a session of its own: Ctrl+C in the host's terminal must not stop the database before the host.</summary>
internal static class ServerCommand
{
    internal static ProcessStartInfo For(Launch launch, string log)
    {
        if (OperatingSystem.IsWindows())
        {
            // pg_ctl gives up an administrator's rights, which the server itself would refuse.
            return launch.Command([], launch.Binaries.PgCtl, "start", "-W", "-D", launch.Cluster, "-l", log);
        }

        // The shell only sends the output to the log: arguments reach it as they are, whatever characters a path has.
        List<string> prefix = ["/bin/sh", "-c", "exec \"$@\" </dev/null >>\"$IB_POSTGRES_LOG\" 2>&1", "sh"];
        if (File.Exists("/usr/bin/setsid") || File.Exists("/bin/setsid"))
        {
            prefix.Add("setsid");
        }
        else if (File.Exists("/usr/bin/perl"))
        {
            prefix.AddRange(["/usr/bin/perl", "-e", "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV"]);
        }

        var start = launch.Command(prefix, launch.Binaries.Postgres, "-D", launch.Cluster);
        start.Environment["IB_POSTGRES_LOG"] = log;
        return start;
    }
}
