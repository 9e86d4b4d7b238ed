using IndustryBrain.Identity.Http;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IndustryBrain.Host.Pages.Errors;

/// <summary>Answers a browser that asked for a page with a page; everybody else gets the failure as JSON from the next handler.</summary>
internal sealed class PageExceptionHandler : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var wantsPage = HttpMethods.IsGet(httpContext.Request.Method)
            && httpContext.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            && !ProgramAddress.Is(httpContext.Request.Path);
        if (!wantsPage) return false;
        await new RazorComponentResult<ErrorDocument> { StatusCode = StatusCodes.Status500InternalServerError }.ExecuteAsync(httpContext);
        return true;
    }
}
