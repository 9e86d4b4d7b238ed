using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace IndustryBrain.Identity.Http;

/// <summary>What nobody expected becomes IB0900 with the trace id: the log has the rest, the answer never a stack trace.</summary>
internal sealed class UnexpectedFailure : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var failure = exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => IdentityFailures.TooLarge,
            BadHttpRequestException => IdentityFailures.BadRequest,
            _ => IdentityFailures.Unexpected(Activity.Current?.TraceId.ToString() ?? httpContext.TraceIdentifier),
        };
        await failure.ToProblem().ExecuteAsync(httpContext);
        return true;
    }
}
