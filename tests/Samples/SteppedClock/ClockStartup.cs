using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using SteppedClock;

[assembly: HostingStartup(typeof(ClockStartup))]

namespace SteppedClock;

/// <summary>Gives the host a clock that the file named by <c>IB_STEPPED_CLOCK</c> sets off.</summary>
public sealed class ClockStartup : IHostingStartup
{
    /// <inheritdoc />
    public void Configure(IWebHostBuilder builder)
    {
        if (Environment.GetEnvironmentVariable("IB_STEPPED_CLOCK") is { Length: > 0 } file)
            builder.ConfigureServices(services => services.AddSingleton<TimeProvider>(new SteppedTime(file)));
    }
}
