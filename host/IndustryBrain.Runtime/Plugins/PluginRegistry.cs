using System.Text.Json;
using IndustryBrain.Identity;
using IndustryBrain.Identity.Approvals;
using IndustryBrain.Plugins;
using IndustryBrain.Plugins.Audit;
using IndustryBrain.Plugins.Capabilities;
using IndustryBrain.Plugins.Limits;
using IndustryBrain.Plugins.Trust;
using IndustryBrain.Runtime.Plugins.Settings;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Packaging;
using IndustryBrain.Storage;
using JasperFx;
using Marten;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Plugins;

/// <summary>Installs, updates, rolls back, disables and removes plugins for all nodes. Each change is one transaction with its audit record; when it is answered, this node has followed it.</summary>
public sealed class PluginRegistry
{
    private const int MostTries = 5;

    private readonly IOrganizationSessions _sessions;
    private readonly PluginInstaller _installer;
    private readonly PluginHost _plugins;
    private readonly PluginDirectory _directory;
    private readonly PluginNode _node;
    private readonly PluginUse _use;
    private readonly IOptions<PluginOptions> _options;
    private readonly IOptions<PluginTrustOptions> _trust;
    private readonly ApprovalDesk _desk;
    private readonly TimeProvider _time;

    internal PluginRegistry(IOrganizationSessions sessions, PluginInstaller installer, PluginHost plugins, PluginDirectory directory, PluginNode node, PluginUse use, IOptions<PluginOptions> options, IOptions<PluginTrustOptions> trust, ApprovalDesk desk, TimeProvider time) =>
        (_sessions, _installer, _plugins, _directory, _node, _use, _options, _trust, _desk, _time) = (sessions, installer, plugins, directory, node, use, options, trust, desk, time);

    /// <summary>
    /// Installs a package. A version of the same publisher that asks for no more than what has been granted becomes active at once when it is newer than the active one; else it waits for consent, or stands by. The same package again changes nothing.
    /// One that has components of another plugin waits until that is removed, and then for consent.
    /// Refused: what is no sound package (IB10xx, IB117x–IB118x), other content under an installed version (IB1012) or under one that is being removed (IB1027), findings as grave as <see cref="PluginTrustOptions.RefusedFindings"/> (IB1151).
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="package">The package; read once from where it stands.</param>
    /// <param name="grantsDeclared">True grants all that the manifest declares.</param>
    /// <param name="movesScenarios">True lets published scenarios take the version when it becomes active; false leaves them with the one they hold on to.</param>
    /// <param name="cancellationToken">Cancels installing.</param>
    public async Task<Result<PluginView>> InstallAsync(Caller caller, Stream package, bool grantsDeclared, bool movesScenarios, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(package);
        await using var file = TemporaryPackage.Create();
        if (!await file.FillAsync(package, _options.Value.MaxPackageBytes, cancellationToken))
            return RuntimeFailures.TooLarge("package", _options.Value.MaxPackageBytes);
        if (!TrustStore.Read(_trust.Value.Folder).TryGet(out var store, out var failure))
            return failure;
        var trust = await new PackageVerifier(store, _time, _options.Value).VerifyAsync(file, cancellationToken);
        if (trust.Lacks(_trust.Value.Required) is { } distrusted)
            return distrusted;
        if (!(await _installer.ReadAsync(file, cancellationToken)).TryGet(out var manifest, out failure))
            return failure;

        var audit = VersionAudit.Of(await new PackageAudit(_options.Value).AuditAsync(file, cancellationToken), _trust.Value.MaxFindings);
        if (_trust.Value.RefusedFindings is { } grave && audit.Has(grave))
            return RuntimeFailures.AuditRefuses(manifest.Id, manifest.Version, audit);

        // What stands in the folder under this version without being on record was left behind by a change that did not come to its end.
        var known = await FindAsync(manifest.Id, cancellationToken);
        if (known is { RemovedAt: not null } && known.Find(manifest.Version) is { } draining && draining.Sha256 != trust.Sha256)
            return RuntimeFailures.VersionDrains(manifest.Id, manifest.Version);
        file.Position = 0;
        var isKnownContent = known?.Find(manifest.Version) is { } recorded && recorded.Sha256 == trust.Sha256;
        if (!(await _installer.InstallAsync(file, replace: known?.Find(manifest.Version) is null, isVouched: isKnownContent || trust.Level >= TrustLevel.KnownVendor, cancellationToken)).TryGet(out var installed, out failure))
            return failure;
        var made = new PluginVersion(manifest.Version, installed.Sha256, PluginTier.Jailed, manifest.Permissions, _time.GetUtcNow(), caller.Actor)
        {
            Vendor = manifest.Vendor,
            Audit = audit,
            Signature = trust.Vendor is { } vendor ? new(vendor.KeyId, vendor.Name) : trust.Author is { } author ? new(author.Fingerprint, author.Name) : null,
        };
        var takesTwo = grantsDeclared && PluginDuties.Loosens(GrantedBefore(known, made), made, null) && await _desk.IsNeededAsync(caller, Permission.GrantPlugins, cancellationToken);
        var changed = await ChangeAsync(caller, manifest.Id, "plugin.install", manifest.Version, async (session, record) =>
        {
            record ??= New(installed.Manifest, caller);
            if (record.Find(manifest.Version) is { } same && record.RemovedAt is null)
                return same.Sha256 == installed.Sha256 ? record : PluginInstaller.OtherContent(manifest);
            if (record.RemovedAt is not null)
                (record.RemovedAt, record.IsDisabled, record.ActiveVersion, record.PreviousVersion, record.Versions) = (null, false, null, null, []);
            await PackageStore.StoreAsync(session, installed.Sha256, file, cancellationToken);
            var (version, granted) = (made, record.Active?.Grants ?? []);

            // It would answer for the other's callers as soon as that is disabled or removed: then somebody has to decide anew.
            if (_plugins.TakenBy(manifest) is not null)
                version = version with { Grants = null };
            else if (grantsDeclared && !takesTwo)
                version = version with { Grants = Grants.Declared(manifest).Items, GrantedBy = caller.Actor };
            else if (IsOfSamePublisher(record, version) && PermissionChange.Of(manifest.Permissions, granted).IsCovered)
                version = version with { Grants = Narrowed(granted, manifest), GrantedBy = record.Active?.GrantedBy ?? caller.Actor };
            record.Replace(version);
            if (version.Grants is not null)
                (record.Name, record.Vendor) = (manifest.Name, manifest.Vendor);
            if (version.Grants is not null && (record.ActiveVersion is null || PluginVersions.IsNewer(version.Version, record.ActiveVersion)))
                Activate(session, record, version, movesScenarios, manifest);
            return record;
        }, cancellationToken);
        return takesTwo && changed.TryGet(out _, out _) ? await ConsentAsync(caller, manifest.Id, manifest.Version, null, movesScenarios, cancellationToken) : changed;
    }

    /// <summary>Grants permissions to a version, which becomes active when it is newer than the active one. Hosts that are not public, and the files of runs, take two people where the organization has two who may consent: then it is proposed (IB4090). Refused: unknown (IB3030, IB3033), more than what is declared (IB1147).</summary>
    /// <param name="caller">Who consents.</param>
    /// <param name="id">Package id.</param>
    /// <param name="version">Version.</param>
    /// <param name="chosen">The grants; null for all that the version declares.</param>
    /// <param name="movesScenarios">As for installing.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    public async Task<Result<PluginView>> ConsentAsync(Caller caller, string id, string version, IReadOnlyList<Grant>? chosen, bool movesScenarios, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return await FindAsync(id, cancellationToken) is { } record && record.Find(version) is { } found && PluginDuties.Loosens(found.Grants ?? GrantedBefore(record, found), found, chosen) && await _desk.IsNeededAsync(caller, Permission.GrantPlugins, cancellationToken)
            ? await ProposeAsync(caller, PluginDuties.Grant, new(id, version, chosen, movesScenarios), cancellationToken)
            : await GrantAsync(caller, id, version, chosen, movesScenarios, cancellationToken);
    }

    internal Task<Result<PluginView>> GrantAsync(Caller caller, string id, string version, IReadOnlyList<Grant>? chosen, bool movesScenarios, CancellationToken cancellationToken) =>
        ChangeAsync(caller, id, PluginDuties.Grant, version, (session, record) =>
        {
            if (!Version(record, id, version).TryGet(out var found, out var failure) || !Manifest(record!, found).TryGet(out var manifest, out failure))
                return new(failure);
            if (!(chosen is null ? Grants.Declared(manifest) : Grants.Of(manifest, chosen)).TryGet(out var grants, out failure))
                return new(failure);
            found = found with { Grants = grants.Items, GrantedBy = caller.Actor };
            record!.Replace(found);
            (record.Name, record.Vendor) = (manifest.Name, manifest.Vendor);
            if (record.ActiveVersion is null || PluginVersions.IsNewer(version, record.ActiveVersion))
                Activate(session, record, found, movesScenarios, manifest);
            return new(record);
        }, cancellationToken);

    /// <summary>Makes a version active. Refused: unknown (IB3030, IB3033), not consented to (IB3034).</summary>
    public Task<Result<PluginView>> ActivateAsync(Caller caller, string id, string version, bool movesScenarios, CancellationToken cancellationToken) =>
        ChangeAsync(caller, id, "plugin.activate", version, (session, record) => new(Activate(session, record, id, version, movesScenarios)), cancellationToken);

    /// <summary>Makes the version active that was so before. Refused: unknown (IB3030), none before (IB3035).</summary>
    public Task<Result<PluginView>> RollBackAsync(Caller caller, string id, bool movesScenarios, CancellationToken cancellationToken) =>
        ChangeAsync(caller, id, "plugin.rollback", null, (session, record) => new(
            record is null or { RemovedAt: not null } ? RuntimeFailures.PluginUnknown(id)
            : record.PreviousVersion is not { } previous ? RuntimeFailures.NoEarlierVersion(id)
            : Activate(session, record, id, previous, movesScenarios)), cancellationToken);

    /// <summary>Lets new runs and calls use the plugin, or not; runs under way go on. Refused: unknown (IB3030).</summary>
    public Task<Result<PluginView>> EnableAsync(Caller caller, string id, bool isEnabled, CancellationToken cancellationToken) =>
        ChangeAsync(caller, id, isEnabled ? "plugin.enable" : "plugin.disable", null, (_, record) =>
        {
            if (record is null or { RemovedAt: not null })
                return new(RuntimeFailures.PluginUnknown(id));
            record.IsDisabled = !isEnabled;
            return new(record);
        }, cancellationToken);

    /// <summary>Decides where the code of a version runs. Letting it out of its jail takes two people where the organization has two who may: then it is proposed (IB4090); putting it back takes one. Refused: unknown (IB3030, IB3033).</summary>
    public async Task<Result<PluginView>> TrustAsync(Caller caller, string id, string version, bool isTrusted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return isTrusted && (await FindAsync(id, cancellationToken))?.Find(version) is { Tier: not PluginTier.Trusted } && await _desk.IsNeededAsync(caller, Permission.TrustPlugins, cancellationToken)
            ? await ProposeAsync(caller, PluginDuties.Trust, new(id, version, null, false), cancellationToken)
            : await SetTierAsync(caller, id, version, isTrusted, cancellationToken);
    }

    internal Task<Result<PluginView>> SetTierAsync(Caller caller, string id, string version, bool isTrusted, CancellationToken cancellationToken) =>
        ChangeAsync(caller, id, isTrusted ? PluginDuties.Trust : "plugin.distrust", version, (_, record) =>
        {
            if (!Version(record, id, version).TryGet(out var found, out var failure))
                return new(failure);
            record!.Replace(found with { Tier = isTrusted ? PluginTier.Trusted : PluginTier.Jailed });
            return new(record);
        }, cancellationToken);

    /// <summary>Lets the active version start again after it was stopped for crashing again and again, on this node. Refused: unknown (IB3030).</summary>
    public Task<Result<PluginView>> ResetAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        ChangeAsync(caller, id, "plugin.reset", null, (_, record) =>
        {
            if (record is null or { RemovedAt: not null })
                return new(RuntimeFailures.PluginUnknown(id));
            foreach (var version in record.Versions)
                _plugins.Reset(record.PluginId, version.Version);
            return new(record);
        }, cancellationToken);

    /// <summary>Sets the limits of a plugin, all of them: what is left out stays as the options of the host say. Calls that begin from now on have them. Refused: unknown (IB3030), what does not fit (IB71xx, IB2020–IB2022).</summary>
    /// <param name="caller">Who sets them.</param>
    /// <param name="id">Package id.</param>
    /// <param name="limits">An object with members of <see cref="PluginLimits"/>.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    public async Task<Result<PluginView>> LimitAsync(Caller caller, string id, JsonElement limits, CancellationToken cancellationToken)
    {
        if (!LimitsForm.Read(limits).TryGet(out var read, out var failure))
            return failure;
        return await ChangeAsync(caller, id, "plugin.limit", null, (_, record) =>
        {
            if (record is null or { RemovedAt: not null })
                return new(RuntimeFailures.PluginUnknown(id));
            record.Limits = read == PluginLimits.None ? null : read;
            return new(record);
        }, cancellationToken);
    }

    /// <summary>The form of the limits: a JSON Schema that says what holds where nothing is set.</summary>
    public JsonElement LimitsSchema => LimitsForm.Of(_plugins.DefaultLimits);

    /// <summary>Removes a plugin: no new run and no call may use it; record and files go when the last run that holds on to it has ended. Refused: unknown (IB3030), in use by published scenarios (IB3036), part of the program (IB3038).</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">Package id.</param>
    /// <param name="isForced">True removes it although published scenarios use it: they start no new runs.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    public async Task<Result<PluginView>> RemoveAsync(Caller caller, string id, bool isForced, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(id);
        var scenarios = (await _use.ScenariosAsync(cancellationToken)).Where(s => PluginInstallation.IdOf(s.Plugin) == PluginInstallation.IdOf(id)).ToList();
        if (scenarios.Count > 0 && !isForced)
            return RuntimeFailures.PluginInUse(id, [.. scenarios.Where(s => s.Organization == caller.Organization).Select(s => s.DefinitionId).Distinct()]);
        return await ChangeAsync(caller, id, "plugin.remove", null, (_, record) =>
        {
            if (record is null or { RemovedAt: not null })
                return new(RuntimeFailures.PluginUnknown(id));
            if (record.Versions.Any(v => v.IsBundled))
                return new(RuntimeFailures.PluginIsBundled(id));
            record.RemovedAt = _time.GetUtcNow();
            return new(record);
        }, cancellationToken);
    }

    /// <summary>Removes a version that is not in use. Refused: unknown (IB3030, IB3033), active, or held on to by runs or published scenarios (IB3036), part of the program (IB3038).</summary>
    public async Task<Result<PluginView>> RemoveVersionAsync(Caller caller, string id, string version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        bool IsThis(string plugin, string other) => other == version && PluginInstallation.IdOf(plugin) == PluginInstallation.IdOf(id);
        if ((await _use.RunsAsync(cancellationToken)).Any(u => IsThis(u.Plugin, u.Version)) || (await _use.ScenariosAsync(cancellationToken)).Any(u => IsThis(u.Plugin, u.Version)))
            return RuntimeFailures.VersionInUse(id, version);
        return await ChangeAsync(caller, id, "plugin.remove", version, (session, record) =>
        {
            if (!Version(record, id, version).TryGet(out var found, out var failure))
                return new(failure);
            if (found.IsBundled)
                return new(RuntimeFailures.PluginIsBundled(id));
            if (record!.ActiveVersion == version)
                return new(RuntimeFailures.VersionInUse(id, version));
            record.Versions = [.. record.Versions.Where(v => v != found)];
            record.PreviousVersion = record.PreviousVersion == version ? null : record.PreviousVersion;
            PackageStore.Delete(session, found.Sha256);
            return new(record);
        }, cancellationToken);
    }

    /// <summary>All plugins by id.</summary>
    public async Task<IReadOnlyList<PluginView>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        await using var session = _sessions.OpenPlatform();
        var records = await session.Query<PluginInstallation>().OrderBy(r => r.Id).ToListAsync(cancellationToken);
        var (runs, scenarios) = (await _use.RunsAsync(cancellationToken), await _use.ScenariosAsync(cancellationToken));
        return [.. records.Select(r => View(r, caller, runs, scenarios)).Concat(LeftBehind(records)).OrderBy(v => v.Id, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>One plugin; IB3030 when there is none.</summary>
    public async Task<Result<PluginView>> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return await FindAsync(id, cancellationToken) is { } record
            ? View(record, caller, await _use.RunsAsync(cancellationToken), await _use.ScenariosAsync(cancellationToken))
            : LeftBehind([]).FirstOrDefault(v => PluginInstallation.IdOf(v.Id) == PluginInstallation.IdOf(id)) ?? new Result<PluginView>(RuntimeFailures.PluginUnknown(id));
    }

    /// <summary>Puts a package on record that came with the program: trusted by its digest, with what it declares, and active when it is newer than what came before.</summary>
    internal async Task<Result<PluginView>> AdoptAsync(InstalledPlugin installed, Stream package, CancellationToken ct)
    {
        var manifest = installed.Manifest;
        var caller = Caller.ForSystem(DemoOrganization.Id);
        if (await FindAsync(manifest.Id, ct) is { } known && (known.RemovedAt is not null || known.Find(manifest.Version) is { IsBundled: true } same && same.Sha256 == installed.Sha256))
            return View(known, caller, [], []);
        return await ChangeAsync(caller, manifest.Id, "plugin.install", manifest.Version, async (session, record) =>
        {
            record ??= New(manifest, caller);
            await PackageStore.StoreAsync(session, installed.Sha256, package, ct);
            var version = new PluginVersion(manifest.Version, installed.Sha256, PluginTier.Trusted, manifest.Permissions, _time.GetUtcNow(), caller.Actor)
            {
                IsBundled = true,
                Grants = Grants.Declared(manifest).Items,
                GrantedBy = caller.Actor,
            };
            record.Replace(version);
            (record.Name, record.Vendor) = (manifest.Name, manifest.Vendor);
            if (record.ActiveVersion == version.Version)
                PluginUse.Move(session, version.PinOf(manifest.Id), manifest.Components.Select(c => c.Id));
            else if (record.Active is null or { IsBundled: true } && (record.ActiveVersion is null || PluginVersions.IsNewer(version.Version, record.ActiveVersion)))
                Activate(session, record, version, movesScenarios: true, manifest);
            return record;
        }, ct);
    }

    /// <summary>A version as it is now, for a proposal about it.</summary>
    internal async Task<Result<ApprovalSubject>> DescribeAsync(string id, string version, CancellationToken ct)
    {
        var record = await FindAsync(id, ct);
        return Version(record, id, version).TryGet(out var found, out var failure) ? PluginDuties.Subject(record!, found) : failure;
    }

    private async Task<Result<PluginView>> ProposeAsync(Caller caller, string action, GrantProposal proposal, CancellationToken ct) =>
        await _desk.ProposeAsync(caller, action, JsonSerializer.SerializeToElement(proposal), ct);

    private async Task<Result<PluginView>> ChangeAsync(
        Caller caller, string id, string action, string? version, Func<IDocumentSession, PluginInstallation?, ValueTask<Result<PluginInstallation>>> change, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(caller);
        for (var attempt = 1; ; attempt++)
        {
            await using var session = _sessions.OpenPlatform();
            var changed = await change(session, await LoadAsync(session, id, ct));
            if (!changed.TryGet(out var record, out var failure))
                return failure;
            (record.UpdatedAt, record.UpdatedBy) = (_time.GetUtcNow(), caller.Actor);
            session.Store(record);
            session.Append(caller, action, "plugin", version is null ? record.PluginId : $"{record.PluginId}@{version}", label: record.Name.En);
            PluginNews.Tell(session);
            try
            {
                await session.SaveChangesAsync(ct);
            }
            catch (ConcurrencyException) when (attempt < MostTries)
            {
                continue;
            }
            catch (ConcurrencyException)
            {
                return RuntimeFailures.PluginChangedMeanwhile(id);
            }

            await _node.CatchUpAsync(ct);
            _node.Wake();
            return await GetAsync(caller, record.PluginId, ct);
        }
    }

    private Result<PluginInstallation> Activate(IDocumentSession session, PluginInstallation? record, string id, string version, bool movesScenarios)
    {
        if (!Version(record, id, version).TryGet(out var found, out var failure) || !Manifest(record!, found).TryGet(out var manifest, out failure))
            return failure;
        if (found.Grants is null)
            return RuntimeFailures.ConsentNeeded(id, version, found.Permissions.Select(p => p.Capability));
        Activate(session, record!, found, movesScenarios, manifest);
        return record!;
    }

    private static void Activate(IDocumentSession session, PluginInstallation record, PluginVersion version, bool movesScenarios, PluginManifest manifest)
    {
        if (record.ActiveVersion != version.Version)
            (record.PreviousVersion, record.ActiveVersion) = (record.ActiveVersion, version.Version);
        if (movesScenarios)
            PluginUse.Move(session, version.PinOf(record.PluginId), manifest.Components.Select(c => c.Id));
    }

    private PluginInstallation New(PluginManifest manifest, Caller caller) => new()
    {
        Id = PluginInstallation.IdOf(manifest.Id),
        PluginId = manifest.Id,
        Name = manifest.Name,
        Vendor = manifest.Vendor,
        UpdatedAt = _time.GetUtcNow(),
        UpdatedBy = caller.Actor,
    };

    // What was granted was granted to somebody: the program, or a vendor by name, and the key that signed, where there was one.
    private static bool IsOfSamePublisher(PluginInstallation record, PluginVersion version) =>
        record.Active is not { } active
        || (active.IsBundled == version.IsBundled && (version.Vendor ?? record.Vendor) == record.Vendor && (active.Signature is not { } before
            || (version.Signature is { } now && (now.KeyId == before.KeyId || (now.Name is not null && now.Name == before.Name)))));

    // To another publisher, or before it was removed, nothing was granted.
    private static IReadOnlyList<Grant> GrantedBefore(PluginInstallation? record, PluginVersion version) =>
        record is { RemovedAt: null, Active.Grants: { } granted } && IsOfSamePublisher(record, version) ? granted : [];

    // What was granted before and is declared still.
    private static IReadOnlyList<Grant> Narrowed(IReadOnlyList<Grant> granted, PluginManifest manifest) =>
    [
        .. from grant in granted
           let declared = manifest.Permissions.Where(p => p.Capability == grant.Capability).ToList()
           where declared.Count > 0
           select grant with { Targets = [.. declared.SelectMany(p => p.Targets).Where(t => Grant.Covers(grant.Capability, grant.Targets, t))] },
    ];

    private Result<PluginManifest> Manifest(PluginInstallation record, PluginVersion version) =>
        _plugins.Find(version.PinOf(record.PluginId)) is { } installed ? installed.Manifest
        : _node.FailureOf(version.PinOf(record.PluginId)) ?? RuntimeFailures.VersionUnknown(record.PluginId, version.Version);

    private static Result<PluginVersion> Version(PluginInstallation? record, string id, string version) =>
        record is null or { RemovedAt: not null } ? RuntimeFailures.PluginUnknown(id)
        : record.Find(version) is { } found ? found
        : RuntimeFailures.VersionUnknown(id, version);

    private async Task<PluginInstallation?> FindAsync(string id, CancellationToken ct)
    {
        await using var session = _sessions.OpenPlatform();
        return await LoadAsync(session, id, ct);
    }

    private static async Task<PluginInstallation?> LoadAsync(IDocumentSession session, string id, CancellationToken ct) =>
        string.IsNullOrEmpty(id) || id.Contains('\0', StringComparison.Ordinal) ? null : await session.LoadAsync<PluginInstallation>(PluginInstallation.IdOf(id), ct);

    // What is on record no more but in this node's memory still.
    private IEnumerable<PluginView> LeftBehind(IReadOnlyList<PluginInstallation> records) => _plugins.NotUnloaded
        .GroupBy(p => PluginInstallation.IdOf(p.Manifest.Id))
        .Where(left => !records.Any(r => r.Id == left.Key))
        .Select(left => new PluginView(
            left.Last().Manifest.Id, left.Last().Manifest.Name, left.Last().Manifest.Vendor, PluginState.DeletedOnRestart, null, null, [.. left.Select(LeftBehind)], _node.StartedAt, Actor.System, null, null));

    private PluginVersionView LeftBehind(InstalledPlugin left) => new(
        left.Manifest.Version, left.Sha256, PluginVersionState.NotUnloaded, left.Tier, false, null, left.Manifest.Permissions, null, null,
        PermissionChange.Of(left.Manifest.Permissions, []), [.. left.Manifest.Components.Select(c => c.Id)], [], 0, _node.StartedAt, Actor.System);

    private PluginView View(PluginInstallation record, Caller caller, IReadOnlyList<RunUse> runs, IReadOnlyList<ScenarioUse> scenarios)
    {
        var problem = (record.Active ?? (record.Versions is [.., var newest] ? newest : null)) is { } shown ? _node.FailureOf(shown.PinOf(record.PluginId)) : null;
        var state = record.RemovedAt is not null ? PluginState.Draining
            : record.IsDisabled ? PluginState.Disabled
            : problem is not null ? PluginInstaller.IsUnsupported(problem) ? PluginState.NotSupported : PluginState.Degraded
            : record.ActiveVersion is null ? PluginState.AwaitingConsent
            : _plugins.Find(record.Active!.PinOf(record.PluginId)) is null ? PluginState.Loading
            : _plugins.IsTripped(record.Active!.PinOf(record.PluginId)) ? PluginState.Tripped
            : PluginState.Ready;
        return new(record.PluginId, record.Name, record.Vendor, state, record.ActiveVersion, record.PreviousVersion, [.. record.Versions.Select(v => View(record, v, caller, runs, scenarios))], record.UpdatedAt, record.UpdatedBy, problem, record.Active is { } answering ? _plugins.UsageOf(answering.PinOf(record.PluginId), caller.Organization) : null) { Limits = record.Limits };
    }

    private PluginVersionView View(PluginInstallation record, PluginVersion version, Caller caller, IReadOnlyList<RunUse> runs, IReadOnlyList<ScenarioUse> scenarios)
    {
        bool IsThis(string plugin, string other) => other == version.Version && PluginInstallation.IdOf(plugin) == record.Id;
        var held = runs.Where(u => IsThis(u.Plugin, u.Version)).Sum(u => u.Runs);
        var pin = version.PinOf(record.PluginId);
        var state = version.Version == record.ActiveVersion ? PluginVersionState.Active
            : version.Grants is null ? PluginVersionState.AwaitingConsent
            : held > 0 ? PluginVersionState.Draining
            : _plugins.NotUnloaded.Any(p => p.Pin == pin) ? PluginVersionState.NotUnloaded
            : PluginVersionState.Standby;
        var installed = _plugins.Find(pin);
        return new(
            version.Version,
            version.Sha256,
            state,
            installed?.Tier ?? version.Tier,
            version.IsBundled,
            version.Signature,
            version.Permissions,
            version.Grants,
            version.GrantedBy,
            PermissionChange.Of(version.Permissions, version.Grants ?? record.Active?.Grants ?? []),
            [.. installed?.Manifest.Components.Select(c => c.Id) ?? []],
            [.. scenarios.Where(s => s.Organization == caller.Organization && IsThis(s.Plugin, s.Version)).Select(s => s.DefinitionId).Distinct()],
            held,
            version.InstalledAt,
            version.InstalledBy)
        { Audit = version.Audit, OtherPublisher = version.Grants is null && !IsOfSamePublisher(record, version) ? $"{version.Vendor} ({version.Signature?.Name ?? version.Signature?.KeyId ?? "unsigned"})" : null };
    }
}
