using IndustryBrain.Identity.Auditing;
using IndustryBrain.Identity.Organizations;
using IndustryBrain.Sdk;
using IndustryBrain.Storage;
using IndustryBrain.Storage.Auditing;
using IndustryBrain.Storage.Backups;
using IndustryBrain.Web.Texts;

namespace IndustryBrain.Host.Startup.Operations;

/// <summary>Carries out what an operator asked for. It acts for whoever may read the data folder: nobody else can start it with success.</summary>
internal static class OperationRun
{
    private static readonly Caller Operator = Caller.ForSystem(PlatformOrganization.Id) with { Source = "command line" };

    internal static async Task<Failure?> RunAsync(WebApplicationBuilder builder, IReadOnlyList<string> addresses, Operation operation, CancellationToken ct)
    {
        if (operation.Verb == Operation.Diagnostics)
        {
            return await DiagnosticsRun.WriteAsync(builder, addresses, operation.File, ct);
        }

        if (!(await Passphrase.ReadAsync(operation.KeyFile, isNew: operation.Verb == Operation.Backup, ct)).TryGet(out var secret, out var failure))
        {
            return failure;
        }

        var progress = new ProgressLine(Console.Error, TimeProvider.System);
        Result<BackupSummary> result;
        if (operation.ChecksOnly)
        {
            result = await Restore.CheckAsync(operation.File, secret, progress, ct);
        }
        else
        {
            var opened = operation.Verb == Operation.Backup ? await Database.OpenBesideAsync(builder.Configuration, ct) : await Database.OpenAsync(builder.Configuration, ct);
            if (!opened.TryGet(out var database, out failure))
            {
                return failure;
            }

            await using (database)
            {
                builder.AddIndustryBrain(addresses, database);
                await using var app = builder.Build();
                result = operation.Verb == Operation.Backup ? await BackupAsync(app.Services, operation.File, secret, progress, ct) : await RestoreAsync(app.Services, database, operation.File, secret, progress, ct);
            }
        }

        progress.End();
        if (!result.TryGet(out var summary, out failure))
        {
            return failure;
        }

        await Console.Out.WriteLineAsync(Tell(operation, summary).ToString());
        return null;
    }

    private static Task<Result<BackupSummary>> BackupAsync(IServiceProvider services, string file, BackupSecret secret, IProgress<BackupProgress> progress, CancellationToken ct)
    {
        // The record about it is proven by it.
        _ = services.GetRequiredService<AuditKey>();
        return services.GetRequiredService<Backup>().MakeAsync(file, secret, Operator, progress, ct);
    }

    private static async Task<Result<BackupSummary>> RestoreAsync(IServiceProvider services, Database database, string file, BackupSecret secret, IProgress<BackupProgress> progress, CancellationToken ct)
    {
        var result = await Restore.RunAsync(
            file, secret, database, services.GetRequiredService<IReadOnlyCollection<KeptFolder>>(), (chains, token) => ProveTrailAsync(services, chains, token), services.GetRequiredService<StorageModel>(), progress, ct);
        if (result.Failure is null)
        {
            await services.GetRequiredService<AuditTrail>().AppendAsync(Operator, "backup.restore", "backup", Path.GetFileName(file), AuditResult.Ok, null, ct);
        }

        return result;
    }

    private static async Task<LocalizedText?> ProveTrailAsync(IServiceProvider services, IReadOnlyList<BackupChain> chains, CancellationToken ct)
    {
        var verifier = services.GetRequiredService<AuditVerifier>();
        foreach (var chain in chains)
        {
            var found = await verifier.VerifyAsync(chain.Organization, ct);
            if (!found.IsIntact)
            {
                return new($"组织 {chain.Organization} 的审计链在第 {found.Break?.Seq} 条处不符（{found.Break?.Fault}）", $"the audit chain of {chain.Organization} is broken at record {found.Break?.Seq} ({found.Break?.Fault})");
            }
        }

        return null;
    }

    private static LocalizedText Tell(Operation operation, BackupSummary summary)
    {
        var what = new LocalizedText(
            $"{summary.Tables} 张表、{NumberText.Of(summary.Rows)} 行、{summary.Files} 个文件，共 {NumberText.Bytes(summary.Bytes)}；{summary.Chains.Count} 条审计链；由 {summary.Info.Program} 于 {summary.Info.MadeAt:u} 制作。",
            $"{summary.Tables} tables, {NumberText.Of(summary.Rows)} rows, {summary.Files} files, {NumberText.Bytes(summary.Bytes)}; {summary.Chains.Count} audit chains; made by {summary.Info.Program} at {summary.Info.MadeAt:u}.");
        var done = operation switch
        {
            { Verb: Operation.Backup } => new LocalizedText("已备份：", "Backed up: "),
            { ChecksOnly: true } => new("备份文件完好：", "The backup is whole: "),
            _ => new("已恢复并通过检验：", "Restored and proven: "),
        };
        return new(done.Zh + what.Zh, done.En + what.En);
    }
}
