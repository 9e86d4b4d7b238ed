using IndustryBrain.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IndustryBrain.Identity.Http;

/// <summary>Logs a fault once, under the number that its answer names. It stands inside the exception handler, which logs nothing of what it answers.</summary>
internal sealed partial class FaultRecord(RequestDelegate next, ILogger<FaultRecord> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (Record(context, e))
        {
            throw;
        }
    }

    // A filter, so that the stack is whole and the exception passes as if nobody had looked.
    private bool Record(HttpContext context, Exception exception)
    {
        if (DatabaseOutage.IsDiskFull(exception))
        {
            LogDiskFull(context.Request.Method, context.Request.Path.ToUriComponent(), (DatabaseOutage.Cause(exception) ?? exception).Message.ReplaceLineEndings(" "));
            return false;
        }

        // What the database's outage does to requests is one line where the outage is logged, not a trace a request.
        var isFault = exception is not BadHttpRequestException && !DatabaseOutage.IsOutage(exception) && !(context.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException);
        if (isFault)
        {
            LogFault(exception, FailureNumber.Of(context), context.Request.Method, context.Request.Path.ToUriComponent());
        }

        return false;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The disk is full, {Method} {Path} was refused (IB0023): {Reason}")]
    private partial void LogDiskFull(string method, string path, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Fault {FailureNumber} at {Method} {Path}")]
    private partial void LogFault(Exception exception, string failureNumber, string method, string path);
}
