using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Help;

/// <summary>A command line that works, and what it is for.</summary>
internal sealed record Example(string Line, LocalizedText Why);

/// <summary>The examples of each command: in its help, in docs/cli.md, and tested.</summary>
internal static class Examples
{
    private static readonly Dictionary<string, Example[]> All = new(StringComparer.Ordinal)
    {
        [""] =
        [
            new("brain new plugin Acme.Rain", new("新建插件。", "A new plugin.")),
            new("brain test Acme.Rain", new("运行它的测试。", "Its tests.")),
            new("brain run --help", new("一个命令的说明。", "The help of one command.")),
        ],
        ["new"] =
        [
            new("brain new plugin Acme.Rain", new("新建插件。", "A new plugin.")),
            new("brain new scenario Acme.Purchase", new("新建应用场景。", "A new scenario.")),
        ],
        ["new plugin"] =
        [
            new("brain new plugin Acme.Rain", new("工具插件，放在文件夹 Acme.Rain。", "A tool, in the folder Acme.Rain.")),
            new("brain new plugin Acme.Tariff --kind knowledge --vendor \"Acme 公司\"", new("知识插件，写明供应商。", "Knowledge, with the name of the vendor.")),
            new("brain new plugin 雨量 --kind application --id Acme.Rain", new("中文名称，另给包编号。", "A Chinese name, and a package id.")),
        ],
        ["new scenario"] =
        [
            new("brain new scenario Acme.Purchase", new("定义、示例数据、期望结果与测试。", "Definition, sample data, expected results and tests.")),
        ],
        ["test"] =
        [
            new("brain test", new("测试当前文件夹里的项目或应用场景。", "Tests the project or scenario in this folder.")),
            new("brain test Acme.Purchase/scenario --plugins packages", new("运行 expected/ 里的每个测试，用 packages 里的插件。", "Runs each test of expected/, with the plugins in packages.")),
            new("brain test scenarios --junit results.xml --coverage", new("文件夹里的所有应用场景，供 CI 使用，并列出执行过的节点。", "All scenarios in a folder, for CI, with the nodes that were executed.")),
            new("brain test scenarios --filter large* --json", new("名称符合的测试，结果为 JSON。", "The tests with such a name, as JSON.")),
            new("brain test --schema > fixture.schema.json", new("测试文件的格式，供编辑器使用。", "The format of a test's file, for an editor.")),
        ],
        ["fixture"] =
        [
            new("brain fixture 0198c0de-7a11-7000-8000-000000000001 --folder Acme.Purchase/scenario --name july", new("把本机平台上的一次运行做成测试 expected/july.json。", "Makes the test expected/july.json of a run of this machine's host.")),
        ],
        ["pack"] =
        [
            new("brain pack Acme.Rain -o packages", new("打包项目，即 dotnet pack。", "Packs a project, by dotnet pack.")),
            new("brain pack bin/Release/net10.0/publish -o packages", new("打包 dotnet publish 的结果。", "Packs what dotnet publish wrote.")),
        ],
        ["validate"] =
        [
            new("brain validate packages/Acme.Rain.1.0.0.nupkg", new("审核插件包：代码、依赖与权限。", "Audits a package: code, dependencies, permissions.")),
            new("brain validate packages/Acme.Purchase.1.0.0.nupkg --plugins packages", new("检查应用场景包的定义。", "Checks the definition in the package of a scenario.")),
            new("brain validate Acme.Rain --sarif > audit.sarif", new("打包项目后审核，以 SARIF 输出。", "Packs a project, audits it, and writes SARIF.")),
        ],
        ["sign"] =
        [
            new("brain sign packages/Acme.Rain.1.0.0.nupkg --key acme", new("用密钥 acme 签名。", "Signs with the key acme.")),
            new("brain sign Acme.Rain.1.0.0.nupkg --key market --role marketplace", new("市场会签。", "A marketplace signs too.")),
        ],
        ["verify"] =
        [
            new("brain verify Acme.Rain.1.0.0.nupkg", new("是谁签的，内容是否完整。", "Who signed it, and whether it is whole.")),
            new("brain verify Acme.Rain.1.0.0.nupkg --require KnownVendor --json", new("没有可信供应商的签名就拒绝。", "Refuses one that no trusted vendor signed.")),
        ],
        ["keys"] =
        [
            new("brain keys new acme", new("生成密钥。", "Makes a key.")),
            new("brain keys list", new("列出密钥。", "Lists the keys.")),
        ],
        ["keys new"] = [new("brain keys new acme", new("生成密钥 acme。", "Makes the key acme."))],
        ["keys list"] = [new("brain keys list", new("编号与名称。", "Ids and names."))],
        ["keys export"] = [new("brain keys export acme > acme.pem", new("把公钥交给平台登记。", "The public key, for a platform to trust."))],
        ["keys rotate"] = [new("brain keys rotate acme -o statements", new("换新密钥；把 statements 里的声明交给平台。", "A new key; give the statement in statements to the platforms."))],
        ["keys revoke"] = [new("brain keys revoke acme --reason compromised", new("密钥泄露了。", "The key is no longer secret."))],
        ["publish"] =
        [
            new("brain publish packages/Acme.Rain.1.0.0.nupkg --source https://market.example.com/v3/index.json", new("审核后发布到市场的源。", "Audits it and publishes it to a marketplace's feed.")),
            new("brain publish Acme.Rain --source ../feed", new("打包项目，发布到文件夹。", "Packs a project and publishes it to a folder.")),
        ],
        ["install"] =
        [
            new("brain install Acme.Rain.1.1.0.nupkg --host https://brain.example.com", new("安装或更新；要求的新权限会列出并询问。", "Installs or updates; permissions that are new are shown and asked for.")),
            new("brain install Acme.Purchase.1.0.0.nupkg", new("把应用场景导入为草稿。", "Imports a scenario as a draft.")),
            new("brain install Acme.Rain --consent --json", new("打包项目并装到本机的平台，同意它声明的权限。", "Packs a project, installs it on this machine's host, and grants what it declares.")),
        ],
        ["plugins"] =
        [
            new("brain plugins list", new("本机平台上的插件。", "The plugins of this machine's host.")),
            new("brain plugins rollback Acme.Rain", new("回到之前的版本。", "Returns to the version before.")),
        ],
        ["plugins list"] = [new("brain plugins list --host https://brain.example.com --key-file brain.key", new("编号、版本、状态。", "Ids, versions, states."))],
        ["plugins show"] = [new("brain plugins show Acme.Rain", new("版本、要求的权限、最近的记录。", "Versions, permissions asked for, last lines."))],
        ["plugins consent"] = [new("brain plugins consent Acme.Rain 1.1.0", new("同意 1.1.0 声明的权限。", "Grants what 1.1.0 declares."))],
        ["plugins activate"] = [new("brain plugins activate Acme.Rain 1.0.0 --keep-scenarios", new("新的调用使用 1.0.0。", "New calls take 1.0.0."))],
        ["plugins rollback"] = [new("brain plugins rollback Acme.Rain", new("回到之前的版本。", "Returns to the version before."))],
        ["plugins disable"] = [new("brain plugins disable Acme.Rain", new("停用。", "Takes it out of use."))],
        ["plugins enable"] = [new("brain plugins enable Acme.Rain", new("重新启用。", "Takes it into use again."))],
        ["plugins trust"] =
        [
            new("brain plugins trust Acme.Rain", new("在平台进程内运行。", "Runs it in the host's own process.")),
            new("brain plugins trust Acme.Rain --isolated", new("改回隔离运行。", "Puts it back into its jail.")),
        ],
        ["plugins reset"] = [new("brain plugins reset Acme.Rain", new("熔断之后再次启动。", "Starts it again after it was tripped."))],
        ["plugins remove"] = [new("brain plugins remove Acme.Rain --force", new("卸载，即使应用场景仍在使用。", "Removes it, also when scenarios use it.")), new("brain plugins remove Acme.Rain --wait", new("卸载，并等到删除为止。", "Removes it, and waits until it is gone."))],
        ["audit"] =
        [
            new("brain audit list --action run.", new("对运行所做的操作。", "What was done to runs.")),
            new("brain audit verify", new("校验审计记录。", "Checks the audit trail.")),
        ],
        ["audit list"] = [new("brain audit list --from 2026-01-31 --result denied", new("被拒绝的操作。", "What was refused."))],
        ["audit verify"] = [new("brain audit verify --json", new("以 JSON 给出结果。", "The result as JSON.")), new("brain audit verify audit.jsonl --key audit-public.pem", new("不连平台，校验导出或归档的文件。", "Checks an exported or archived file without a host."))],
        ["api-keys"] =
        [
            new("brain api-keys list", new("本组织的密钥。", "The keys of the organization.")),
            new("brain api-keys create gateway --permission runs.start --days 30", new("新建密钥。", "Makes a key.")),
        ],
        ["api-keys list"] = [new("brain api-keys list --json", new("以 JSON 给出结果。", "The result as JSON."))],
        ["api-keys create"] = [new("brain api-keys create gateway --permission runs.start --permission runs.read --days 30", new("可以启动并查看运行，30 天。", "May start and see runs, for 30 days."))],
        ["api-keys rotate"] = [new("brain api-keys rotate key-0123456789ab --overlap-hours 2", new("旧密钥再用两小时。", "The old one holds for two hours still."))],
        ["api-keys revoke"] = [new("brain api-keys revoke key-0123456789ab", new("吊销。", "Revokes it."))],
        ["runs"] =
        [
            new("brain runs broken", new("出错的运行。", "The runs that are broken.")),
            new("brain runs retry 0198f4a1-7c2e-7000-8000-000000000001", new("让一个运行继续。", "Lets one go on.")),
        ],
        ["runs broken"] = [new("brain runs broken --scenario orders", new("一个应用场景的出错运行。", "The broken runs of one scenario."))],
        ["runs retry"] = [new("brain runs retry 0198f4a1-7c2e-7000-8000-000000000001", new("再次执行出错的步骤。", "Tries what broke again."))],
        ["runs skip"] = [new("brain runs skip 0198f4a1-7c2e-7000-8000-000000000001 --step forecast --outputs '{\"value\":42}'", new("以给出的输出继续。", "Goes on with these outputs."))],
        ["runs move"] = [new("brain runs move 0198f4a1-7c2e-7000-8000-000000000001 --to 4 --node oldId=newId", new("在版本 4 中继续。", "Goes on in version 4."))],
        ["scenarios"] =
        [
            new("brain scenarios versions orders", new("一个应用场景的各版本。", "The versions of a scenario.")),
            new("brain scenarios promote orders", new("测试通过后提升到生产环境。", "To production, once it was tested.")),
        ],
        ["scenarios versions"] = [new("brain scenarios versions orders", new("各版本，最新的在前。", "The versions, the latest first."))],
        ["scenarios compare"] =
        [
            new("brain scenarios compare orders", new("生产环境的版本与最新的版本。", "The version of production and the latest.")),
            new("brain scenarios compare orders --from 3 --to draft --json", new("版本 3 与草稿，为 JSON。", "Version 3 and the draft, as JSON.")),
        ],
        ["scenarios publish"] =
        [
            new("brain scenarios publish orders --environment test", new("把草稿发布到测试环境。", "Publishes the draft to test.")),
            new("brain scenarios publish orders --version 3", new("让生产环境回到版本 3。", "Lets production return to version 3.")),
        ],
        ["scenarios promote"] = [new("brain scenarios promote orders --version 4", new("仅当测试环境中是版本 4。", "Only when version 4 is in test."))],
        ["scenarios retract"] = [new("brain scenarios retract orders", new("生产环境不再启动新的运行。", "Production starts no new runs."))],
        ["scenarios restore"] = [new("brain scenarios restore orders --version 2", new("版本 2 成为草稿。", "Version 2 becomes the draft."))],
        ["scenarios parameters"] =
        [
            new("brain scenarios parameters orders --environment test", new("测试环境的参数。", "The parameters of test.")),
            new("brain scenarios parameters orders --environment test --set test.json --triggers true", new("设置参数，并开启触发。", "Sets them, and switches its triggers on.")),
        ],
        ["runs pause"] =
        [
            new("brain runs pause 0198f4a1-7c2e-7000-8000-000000000001 --reason '检修'", new("暂停一个运行，到来的都保留。", "Holds a run; what comes for it is kept.")),
            new("brain runs pause --scenario orders --until 2026-12-24T18:00:00Z", new("暂停一个应用场景的新运行。", "Holds the new runs of a scenario.")),
        ],
        ["runs resume"] = [new("brain runs resume 0198f4a1-7c2e-7000-8000-000000000001", new("继续一个暂停的运行。", "Lets a paused run go on."))],
        ["runs terminate"] = [new("brain runs terminate 0198f4a1-7c2e-7000-8000-000000000001 --reason '误启动'", new("立即结束，不做清理。", "Ends it at once, without cleaning up."))],
        ["runs show"] = [new("brain runs show 0198f4a1-7c2e-7000-8000-000000000001", new("一次运行的状态，以及它在等待什么。", "How a run stands, and what it waits for."))],
        ["runs usage"] = [new("brain runs usage", new("本组织的用量与配额。", "What the organization uses of its quotas."))],
        ["runs archived"] = [new("brain runs archived --scenario orders", new("一个应用场景的归档运行。", "The archived runs of one scenario."))],
        ["runs export"] = [new("brain runs export 0198f4a1-7c2e-7000-8000-000000000001 --output run.json", new("导出归档文档，并给出其摘要。", "Writes the archived document, and says its digest."))],
        ["runs hold"] =
        [
            new("brain runs hold 0198f4a1-7c2e-7000-8000-000000000001 --reason '案件7'", new("保留一个运行，不删除。", "Keeps a run from being deleted.")),
            new("brain runs hold --organization --reason '案件7'", new("保留全部运行。", "Keeps all runs.")),
        ],
        ["runs holds"] = [new("brain runs holds", new("法律保留。", "The legal holds."))],
        ["runs lift"] = [new("brain runs lift 0198f4a1-7c2e-7000-8000-00000000000a --reason '案件7已结'", new("解除法律保留。", "Lifts a legal hold."))],
        ["dev"] =
        [
            new("brain dev", new("监视当前文件夹里的项目，换到本机的平台上。", "Watches the project in this folder and swaps it on this machine's host.")),
            new("brain dev Acme.Rain --isolated --host https://brain.example.com --key-file brain.key", new("在别处的平台上隔离运行。", "On a host elsewhere, in the jail.")),
        ],
        ["run"] =
        [
            new("brain run definition.json --input input.json", new("运行一次。", "One run.")),
            new("brain run definition.json --input input.json --plugins bin/Release --json", new("用自己的插件，结果为 JSON。", "With plugins of your own, as JSON.")),
            new("brain run definition.json --input input.json --record expected/july.json", new("运行一次，并把它写成测试。", "One run, written as a test as well.")),
            new("brain run definition.json --secrets secrets.json", new("插件需要机密时：文件权限为 600。", "For plugins that need secrets: the file has mode 600.")),
            new("brain run", new("在项目里：运行它的示例。", "In a project: its sample.")),
            new("brain run --batch runs.json", new("依次运行列表里的每一项。", "Each run of a list.")),
        ],
        ["backup"] =
        [
            new("brain backup /backup/monday.ibbackup --key-file /etc/industrybrain/backup.key", new("平台照常运行，供定时任务使用。", "While the host goes on; for a timer.")),
            new("brain backup monday.ibbackup --data /var/lib/industrybrain/data", new("在终端输入口令。", "The terminal asks for a passphrase.")),
        ],
        ["restore"] =
        [
            new("brain restore monday.ibbackup --check --key-file backup.key", new("备份是否完好，不需要数据库。", "Whether the backup is whole, without a database.")),
            new("brain restore monday.ibbackup --verify --key-file backup.key --data /var/lib/industrybrain/data", new("恢复到空的文件夹，并检验。", "Into an empty folder, and proven.")),
        ],
        ["diagnostics"] = [new("brain diagnostics diagnostics.zip --data /var/lib/industrybrain/data", new("平台运行与否都可以。", "Whether or not the host runs."))],
        ["completion"] =
        [
            new("source <(brain completion bash)", new("bash：写进 ~/.bashrc。", "bash: in ~/.bashrc.")),
            new("brain completion zsh > ~/.zfunc/_brain", new("zsh：fpath 里的一个文件夹。", "zsh: a folder of fpath.")),
            new("brain completion fish > ~/.config/fish/completions/brain.fish", new("fish。", "fish.")),
            new("brain completion pwsh | Out-String | Invoke-Expression", new("PowerShell：写进 $PROFILE。", "PowerShell: in $PROFILE.")),
        ],
    };

    /// <summary>The examples of a command; empty when it has none.</summary>
    public static IReadOnlyList<Example> Of(string command) => All.GetValueOrDefault(command, []);
}
