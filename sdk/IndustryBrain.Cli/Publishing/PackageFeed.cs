using System.Net;
using IndustryBrain.Sdk;
using NuGet.Common;
using NuGet.Configuration;
using NuGet.Packaging.Core;
using NuGet.Protocol;
using NuGet.Protocol.Core.Types;

namespace IndustryBrain.Cli.Publishing;

/// <summary>A NuGet v3 feed or a folder that packages are published to, by NuGet's own client.</summary>
internal sealed class PackageFeed
{
    private readonly PackageSource _source;
    private readonly string? _storedKey;

    private PackageFeed(PackageSource source, string? storedKey) => (_source, _storedKey) = (source, storedKey);

    /// <summary>A feed by the name that a nuget.config gives it, by its address, or a folder; IB7147 when it is none of these.</summary>
    public static Result<PackageFeed> Find(string given, string folder)
    {
        try
        {
            var settings = Settings.LoadDefaultSettings(folder);
            var source = PackageSourceProvider.LoadPackageSources(settings).FirstOrDefault(s => s.IsEnabled && (s.Name.Equals(given, StringComparison.OrdinalIgnoreCase) || s.Source == given))
                ?? new PackageSource(IsAddress(given) ? given : Path.GetFullPath(given, folder));
            return source.IsHttp || Directory.Exists(source.Source)
                ? new PackageFeed(source, SettingsUtility.GetDecryptedValueForAddItem(settings, ConfigurationConstants.ApiKeys, source.Source))
                : CliFailures.FeedUnknown(given);
        }
        catch (Exception e) when (e is NuGetConfigurationException or ArgumentException or NotSupportedException)
        {
            return CliFailures.FeedUnknown(given);
        }
    }

    /// <summary>Publishes a package. Refused: a key over a connection that is not encrypted (IB7140), a version that is there (IB7149), whatever else the feed says (IB7148).</summary>
    /// <param name="path">The package.</param>
    /// <param name="identity">Its id and version.</param>
    /// <param name="key">The key; empty for the one that nuget.config holds, if any.</param>
    /// <param name="timeout">How long the feed may take.</param>
    /// <param name="ct">Cancels looking for the feed's push address.</param>
    public async Task<Failure?> PushAsync(string path, PackageIdentity identity, string key, TimeSpan timeout, CancellationToken ct)
    {
        key = key.Length > 0 ? key : _storedKey ?? "";
        var isLoopback = _source.IsHttp && _source.SourceUri.IsLoopback;
        if (_source is { IsHttp: true, IsHttps: false } && !isLoopback && key.Length > 0)
        {
            return CliFailures.KeyInClear(_source.Source);
        }

        if (!_source.IsHttp && File.Exists(Path.Combine(_source.Source, Path.GetFileName(path))))
        {
            return CliFailures.AlreadyPublished(identity.Id, identity.Version.ToNormalizedString(), _source.Source);
        }

        try
        {
            if (await Repository.Factory.GetCoreV3(_source).GetResourceAsync<PackageUpdateResource>(ct) is not { } resource)
            {
                return CliFailures.NotPublished(_source.Source, "PackagePublish/2.0.0?");
            }

            await resource.PushAsync(
                [path], symbolSource: "", (int)timeout.TotalSeconds, disableBuffering: false, _ => key, _ => "",
                noServiceEndpoint: false, skipDuplicate: false, allowSnupkg: false, allowInsecureConnections: isLoopback || _source.AllowInsecureConnections, NullLogger.Instance);
            return null;
        }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.Conflict)
        {
            return CliFailures.AlreadyPublished(identity.Id, identity.Version.ToNormalizedString(), _source.Source);
        }
        catch (Exception e) when (e is HttpRequestException or FatalProtocolException or InvalidOperationException or IOException or UnauthorizedAccessException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return CliFailures.NotPublished(_source.Source, (e.InnerException ?? e).Message) with { Action = e is HttpRequestException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } ? CliFailures.GiveKey : null };
        }
    }

    private static bool IsAddress(string given) => Uri.TryCreate(given, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https");
}
