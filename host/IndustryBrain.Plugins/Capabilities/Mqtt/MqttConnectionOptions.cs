using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Plugins.Capabilities.Mqtt;

/// <summary>One broker. Each organization that uses it has a connection of its own, with its own secrets.</summary>
public sealed class MqttConnectionOptions : IValidatableObject
{
    /// <summary>In <see cref="Organizations"/>: every organization.</summary>
    public const string Everyone = "*";

    /// <summary>Name or address of the broker.</summary>
    [Required]
    public string Host { get; set; } = "";

    /// <summary>Its port; 0, the default, is 8883 with TLS and 1883 without.</summary>
    [Range(0, 65_535)]
    public int Port { get; set; }

    /// <summary>Ids of the organizations that may use it; <c>*</c> is every one.</summary>
    public IList<string> Organizations { get; } = [];

    /// <summary>Talks over TLS; default true.</summary>
    public bool Tls { get; set; } = true;

    /// <summary>File with the authorities that the broker's certificate may come from, in PEM; empty for those of the machine.</summary>
    public string AuthorityFile { get; set; } = "";

    /// <summary>The authorities that the broker's certificate may come from, in PEM, beside those of <see cref="AuthorityFile"/>; empty for none.</summary>
    public string Authority { get; set; } = "";

    /// <summary>User name; empty for none.</summary>
    public string UserName { get; set; } = "";

    /// <summary>Name of the organization's secret with the password; empty for none.</summary>
    public string PasswordSecret { get; set; } = "";

    /// <summary>Name of the organization's secret with the client's certificate and its key, in PEM; empty for none.</summary>
    public string CertificateSecret { get; set; } = "";

    /// <summary>What the client's id begins with; default <c>industrybrain</c>.</summary>
    [Required]
    [StringLength(60)]
    public string ClientId { get; set; } = "industrybrain";

    /// <summary>Version of MQTT, <c>5.0</c> or <c>3.1.1</c>; default 5.0. The older one carries neither idempotency keys nor types, and does not tell whether somebody receives.</summary>
    [AllowedValues("5.0", "3.1.1")]
    public string Protocol { get; set; } = "5.0";

    internal int ActualPort => Port > 0 ? Port : Tls ? 8883 : 1883;

    internal bool Serves(string organization) => Organizations.Contains(Everyone) || Organizations.Contains(organization);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Organizations.Count == 0)
        {
            yield return new($"{nameof(Organizations)} names nobody; * is every organization.", [nameof(Organizations)]);
        }

        if (PasswordSecret.Length > 0 && !Tls)
        {
            yield return new($"{nameof(PasswordSecret)} is sent over TLS only.", [nameof(PasswordSecret)]);
        }
    }
}
