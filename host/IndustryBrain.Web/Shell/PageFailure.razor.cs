using System.Diagnostics;
using IndustryBrain.Identity;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Web.Shell;

/// <summary>What stands in place of a page that failed: the number under which the log has it, never the exception itself.</summary>
public sealed partial class PageFailure
{
    private Exception? _logged;
    private Failure _failure = null!;

    /// <summary>What the page threw.</summary>
    [Parameter, EditorRequired] public Exception Exception { get; set; } = null!;

    /// <summary>Raised when the person asks to show the part again.</summary>
    [Parameter] public EventCallback OnShowAgain { get; set; }

    [Inject] private ILogger<PageFailure> Logger { get; set; } = null!;

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_logged, Exception))
            return;
        _logged = Exception;
        var number = ActivityTraceId.CreateRandom().ToHexString();
        _failure = IdentityFailures.Of(Exception, number);
        if (!_failure.IsTransient)
            LogFailed(Logger, Exception, number);
    }

    [LoggerMessage(LogLevel.Error, "A page failed, number {Number}")]
    private static partial void LogFailed(ILogger logger, Exception exception, string number);
}
