using IndustryBrain.Runtime.Access;
using IndustryBrain.Runtime.Api;
using IndustryBrain.Runtime.Audits;
using IndustryBrain.Runtime.Components;
using IndustryBrain.Runtime.Connections;
using IndustryBrain.Runtime.DataSets;
using IndustryBrain.Runtime.Files;
using IndustryBrain.Runtime.Http;
using IndustryBrain.Runtime.Library;
using IndustryBrain.Runtime.Library.Environments;
using IndustryBrain.Runtime.Plugins.Api;
using IndustryBrain.Runtime.Quotas;
using IndustryBrain.Runtime.Retention;
using IndustryBrain.Runtime.Runs;
using IndustryBrain.Runtime.Runs.Control;
using IndustryBrain.Runtime.Secrets;
using IndustryBrain.Runtime.Tasks.Api;
using IndustryBrain.Runtime.Triggers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IndustryBrain.Runtime;

/// <summary>The HTTP API of the runtime.</summary>
public static class RuntimeApi
{
    /// <summary>Maps the API below <c>/api/v1</c>, and what scenarios serve below <c>/workflows</c>.</summary>
    public static IEndpointRouteBuilder MapIndustryBrainApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1");
        api.AddEndpointFilter(QueryCheck.RefuseUnknownAsync);
        ListComponents.Map(api);
        CallComponent.Map(api);
        PluginApi.Map(api);
        ListScenarios.Map(api);
        ImportScenario.Map(api);
        ExportScenario.Map(api);
        PublishScenario.Map(api);
        PromoteScenario.Map(api);
        RetractScenario.Map(api);
        RestoreVersion.Map(api);
        ListVersions.Map(api);
        CompareVersions.Map(api);
        EnvironmentApi.Map(api);
        StartRun.Map(api);
        ListRuns.Map(api);
        GetRun.Map(api);
        WatchRun.Map(api);
        CancelRun.Map(api);
        ControlRun.Map(api);
        ControlScenario.Map(api);
        GetUsage.Map(api);
        QuotaApi.Map(api);
        ArchiveApi.Map(api);
        HoldApi.Map(api);
        RepairRun.Map(api);
        RepairRun.MapBulk(api);
        RaiseRunEvent.Map(api);
        PublishEventRequest.Map(api);
        ListTriggers.Map(api);
        ListTasks.Map(api);
        GetTask.Map(api);
        DecideTask.Map(api);
        DelegateTask.Map(api);
        CommentTask.Map(api);
        UploadFile.Map(api);
        DownloadFile.Map(api);
        ArriveFile.Map(api);
        AuditApi.Map(api);
        KeyApi.Map(api);
        SecretApi.Map(api);
        DataSetApi.Map(api);
        ConnectionApi.Map(api);
        ServiceAccountApi.Map(api);
        MemberApi.Map(api);
        InvitationApi.Map(api);
        AccountApi.Map(api);
        OrganizationApi.Map(api);
        ApprovalApi.Map(api);
        ServeRequests.Map(endpoints);
        return endpoints;
    }
}
