namespace IndustryBrain.Identity.Roles;

/// <summary>What each role may do: the one table that every check reads.</summary>
public static class RolePermissions
{
    private static readonly string[] Seeing =
    [
        Permission.UsePages, Permission.ReadComponents, Permission.ReadPlugins, Permission.ReadScenarios, Permission.ReadRuns, Permission.ReadTasks, Permission.ReadFiles, Permission.ReadData, Permission.ReadPeople,
    ];

    private static readonly string[] Running = [.. Seeing, Permission.StartRuns, Permission.CancelRuns, Permission.RepairRuns, Permission.PauseRuns, Permission.DecideTasks, Permission.UploadFiles];

    private static readonly string[] Building = [.. Seeing, Permission.CallComponents, Permission.EditScenarios, Permission.PublishScenarios, Permission.UploadFiles, Permission.ReadSecrets, Permission.ManageData, Permission.ReadConnections];

    private static readonly string[] Owning =
    [
        .. Running.Union(Building), Permission.TerminateRuns, Permission.HoldRuns, Permission.InstallPlugins, Permission.GrantPlugins, Permission.ConfigurePlugins, Permission.ManageKeys, Permission.ManageSecrets, Permission.ManageConnections, Permission.ReadAudit,
        Permission.ManagePeople, Permission.ManageOrganization, Permission.ReadApprovals, Permission.DecideApprovals,
    ];

    private static readonly Dictionary<string, string[]> Table = new(StringComparer.Ordinal)
    {
        [Role.Owner] = Owning,
        [Role.Builder] = Building,
        [Role.Runner] = Running,
        [Role.Viewer] = Seeing,
        [Role.Developer] = [Permission.UsePages, Permission.ReadComponents, Permission.ReadPlugins, Permission.ReadPeople, Permission.ManagePeople, Permission.ReadAudit],
        [Role.Finance] = [Permission.UsePages],
        [Role.SystemAdministrator] = [Permission.UsePages, Permission.ReadPlugins, Permission.ReadPeople, Permission.ReadApprovals, Permission.DecideApprovals, Permission.AdministerOrganizations, Permission.ManageQuotas, Permission.ReadDiagnostics],
        [Role.SecurityAdministrator] =
        [
            Permission.UsePages, Permission.ReadPlugins, Permission.GrantPlugins, Permission.TrustPlugins, Permission.ReadPeople, Permission.ManagePeople, Permission.ReadApprovals, Permission.DecideApprovals,
            Permission.AdministerRoles,
        ],
        [Role.AuditAdministrator] = [Permission.UsePages, Permission.ReadPeople, Permission.ReadApprovals, Permission.ReadAudit],
    };

    /// <summary>The permissions that roles give together, in the order of <see cref="Permission.All"/>; a role that is none gives nothing.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> roles)
    {
        var given = roles.SelectMany(role => Table.GetValueOrDefault(role, [])).ToHashSet(StringComparer.Ordinal);
        return [.. Permission.All.Where(given.Contains)];
    }
}
