using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Runtime.Connections;

/// <summary>Limits of the connections of organizations.</summary>
public sealed class ConnectionOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Connections";

    /// <summary>Connections that an organization may have; default 200.</summary>
    [Range(1, 10_000)]
    public int MaxConnections { get; set; } = 200;

    /// <summary>Hosts inside the enterprise that connections may reach, as <c>host</c> or <c>host:port</c>, a name or an address as it is written in the connection; default none. Public hosts need no entry.</summary>
    public IList<string> PrivateHosts { get; } = [];

    /// <summary>Time that a test of a connection may take; default 10 seconds.</summary>
    [Range(1, 120)]
    public int TestSeconds { get; set; } = 10;

    internal bool IsPrivate(string host, int port) => PrivateHosts.Any(p => string.Equals(p, host, StringComparison.OrdinalIgnoreCase) || string.Equals(p, FormattableString.Invariant($"{host}:{port}"), StringComparison.OrdinalIgnoreCase));
}
