using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Plugins.Capabilities.Mqtt;

/// <summary>The brokers that plugins may send messages to, and limits of it.</summary>
public sealed class MqttOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Mqtt";

    /// <summary>Connections by the name that permissions name them by; default none.</summary>
    public IDictionary<string, MqttConnectionOptions> Connections { get; } = new Dictionary<string, MqttConnectionOptions>(StringComparer.Ordinal);

    /// <summary>Size of one message in bytes, where a grant names none; default 1 MB.</summary>
    [Range(0L, 16L << 20)]
    public long MaxPayloadBytes { get; set; } = 1L << 20;

    /// <summary>Messages of one connection that are on their way to the broker at a time; default 16.</summary>
    [Range(1, 1_000)]
    public int MaxInFlight { get; set; } = 16;

    /// <summary>Messages of one connection that wait or are on their way; one more is refused (IB1200). Default 1 000.</summary>
    [Range(1, 100_000)]
    public int MaxWaiting { get; set; } = 1_000;

    /// <summary>Time to connect to a broker; default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Time from asking until the broker has a message; default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time after a connection could not be made before it is tried again; twice as long after each further failure, at most a minute. Default 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ReconnectDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Time without a message after which a sign of life goes to the broker; default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, connection) in Connections)
        {
            if (!MqttTarget.IsConnection(name))
            {
                yield return new($"{nameof(Connections)}: '{name}' is no name of a connection.", [nameof(Connections)]);
            }

            List<ValidationResult> found = [];
            Validator.TryValidateObject(connection, new(connection), found, validateAllProperties: true);
            foreach (var wrong in found)
            {
                yield return new($"{nameof(Connections)}:{name}: {wrong.ErrorMessage}", [nameof(Connections)]);
            }
        }
    }
}
