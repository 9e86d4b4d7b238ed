using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace IndustryBrain.Escape.Tests;

/// <summary>What may be attacked without harm to the machine: a secret file, sockets that nobody needs, a process that does nothing.</summary>
internal sealed class Victim : IDisposable
{
    public const string Secret = "the secret";

    /// <summary>What a plugin in the host's process could take.</summary>
    public static readonly string InMemory = Guid.NewGuid().ToString();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ib-victim-");
    private readonly TcpListener _tcp = new(IPAddress.Loopback, 0);
    private readonly UdpClient _udp = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly Socket _unix = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Process _sleeper;

    public Victim()
    {
        File.WriteAllText(SecretPath, Secret);
        Environment.SetEnvironmentVariable("IB_ESCAPE_SECRET", InMemory);
        _tcp.Start();
        _unix.Bind(new UnixDomainSocketEndPoint(SecretPath + ".sock"));
        _unix.Listen();
        _sleeper = Process.Start("sleep", "600");
        _ = AnswerAsync();
    }

    public string SecretPath => Path.Combine(_folder.FullName, "secret");

    public int TcpPort => ((IPEndPoint)_tcp.LocalEndpoint).Port;

    public int UdpPort => ((IPEndPoint)_udp.Client.LocalEndPoint!).Port;

    public int ProcessId => _sleeper.Id;

    /// <summary>True when nothing of it was touched.</summary>
    public bool IsUnharmed => !_sleeper.HasExited && File.Exists(SecretPath) && File.ReadAllText(SecretPath) == Secret && !File.Exists(SecretPath + ".new") && _udp.Available == 0;

    public void Dispose()
    {
        _tcp.Dispose();
        _udp.Dispose();
        _unix.Dispose();
        _sleeper.Kill();
        _sleeper.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _tcp.AcceptTcpClientAsync();
                await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"u8.ToArray());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }
}
