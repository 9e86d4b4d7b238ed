using System.ComponentModel.DataAnnotations;

namespace IndustryBrain.Identity.SignIn;

/// <summary>How people sign in and how long they stay; section <c>SignIn</c> of the configuration.</summary>
public sealed class SignInOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "SignIn";

    /// <summary>True lets whoever connects over the loopback interface in without an account, with every permission of organization <c>demo</c>, as long as they have not signed in or out. Default: true in Development, else false.</summary>
    public bool? Local { get; set; }

    /// <summary>Wrong passwords or codes for one user name within <see cref="AttemptMinutes"/> after which it is locked. Default 5.</summary>
    [Range(1, 100)]
    public int Attempts { get; set; } = 5;

    /// <summary>Minutes within which they count together. Default 15.</summary>
    [Range(1, 1440)]
    public int AttemptMinutes { get; set; } = 15;

    /// <summary>Minutes for which the name is locked. Default 30.</summary>
    [Range(1, 1440)]
    public int LockMinutes { get; set; } = 30;

    /// <summary>Attempts to sign in from one address a minute, on all hosts together. Default 20.</summary>
    [Range(1, 100_000)]
    public int AddressAttemptsPerMinute { get; set; } = 20;

    /// <summary>Minutes without a request or an action on a page after which a session ends. Default 30.</summary>
    [Range(1, 1440)]
    public int IdleMinutes { get; set; } = 30;

    /// <summary>Hours after which a session ends in any case. Default 12.</summary>
    [Range(1, 720)]
    public int SessionHours { get; set; } = 12;

    /// <summary>Sessions of one person; the oldest ends when another begins. Default 3.</summary>
    [Range(1, 100)]
    public int Sessions { get; set; } = 3;

    /// <summary><see cref="IdleMinutes"/> of administrators of the platform. Default 15.</summary>
    [Range(1, 1440)]
    public int AdministratorIdleMinutes { get; set; } = 15;

    /// <summary><see cref="SessionHours"/> of administrators of the platform. Default 8.</summary>
    [Range(1, 720)]
    public int AdministratorSessionHours { get; set; } = 8;

    /// <summary><see cref="Sessions"/> of administrators of the platform. Default 1.</summary>
    [Range(1, 100)]
    public int AdministratorSessions { get; set; } = 1;

    /// <summary>Minutes for which the password counts as just given, so that a dangerous action needs it no more. Default 5.</summary>
    [Range(1, 60)]
    public int ConfirmedMinutes { get; set; } = 5;

    /// <summary>Seconds between two looks of an open page at whether its session has ended. Default 20.</summary>
    [Range(1, 60)]
    public int PageLookSeconds { get; set; } = 20;

    /// <summary>Days after which an account that nobody used is disabled; 0: never. Default 90.</summary>
    [Range(0, 3650)]
    public int UnusedDays { get; set; } = 90;

    /// <summary>Domain under which passkeys are made, such as <c>brain.example</c> for all hosts below it; null for the name by which a host is called.</summary>
    public string? PasskeyDomain { get; set; }

    /// <summary>Passkeys of one person. Default 10.</summary>
    [Range(1, 100)]
    public int MaxPasskeys { get; set; } = 10;

    /// <summary>Folder of the key that encrypts second factors; hosts on one database share it. Relative to the data folder. Default <c>sign-in</c>.</summary>
    [Required]
    public string Folder { get; set; } = "sign-in";
}
