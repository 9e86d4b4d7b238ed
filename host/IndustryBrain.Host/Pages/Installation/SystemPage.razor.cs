using IndustryBrain.Identity;
using IndustryBrain.Runtime.Diagnostics;
using IndustryBrain.Sdk;
using Microsoft.AspNetCore.Components;

namespace IndustryBrain.Host.Pages.Installation;

/// <summary>How the installation does, and the diagnostics bundle by one click: for the system administrator.</summary>
public sealed partial class SystemPage
{
    [Inject] private InstallationReader Reader { get; set; } = null!;

    [Inject] private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc />
    protected override string Reads => Permission.ReadDiagnostics;

    /// <inheritdoc />
    protected override async Task<Result<InstallationFigures>> LoadAsync(CancellationToken ct) => await Reader.ReadAsync(ct);
}
