using IndustryBrain.Sdk;

namespace IndustryBrain.Web.Texts;

/// <summary>The words of the shell and its components, in both languages by construction.</summary>
internal static class WebText
{
    // Shell
    internal static readonly LocalizedText ProductName = new("行业大脑", "IndustryBrain");
    internal static readonly LocalizedText NavWork = new("工作", "Work");
    internal static readonly LocalizedText NavHome = new("工作台", "Workbench");
    internal static readonly LocalizedText NavTasks = new("待办", "Tasks");
    internal static readonly LocalizedText NavScenarios = new("场景", "Scenarios");
    internal static readonly LocalizedText NavRuns = new("运行", "Runs");
    internal static readonly LocalizedText NavCapabilities = new("能力", "Capabilities");
    internal static readonly LocalizedText NavComponents = new("能力组件", "Components");
    internal static readonly LocalizedText NavPlugins = new("插件", "Plugins");
    internal static readonly LocalizedText NavAdministration = new("管理", "Administration");
    internal static readonly LocalizedText NavPeople = new("人员", "People");
    internal static readonly LocalizedText NavOrganization = new("组织", "Organization");
    internal static readonly LocalizedText NavKeys = new("API 密钥", "API keys");
    internal static readonly LocalizedText NavSecrets = new("机密", "Secrets");
    internal static readonly LocalizedText NavData = new("数据", "Data");
    internal static readonly LocalizedText NavConnections = new("连接", "Connections");
    internal static readonly LocalizedText NavApprovals = new("审批", "Approvals");
    internal static readonly LocalizedText NavAudit = new("审计记录", "Audit trail");
    internal static readonly LocalizedText NavSystem = new("系统", "System");
    internal static readonly LocalizedText MainNavigation = new("主导航", "Main navigation");
    internal static readonly LocalizedText Breadcrumb = new("位置", "Breadcrumb");
    internal static readonly LocalizedText SkipToContent = new("跳到正文", "Skip to content");
    internal static readonly LocalizedText Collapse = new("收起导航", "Collapse");
    internal static readonly LocalizedText Expand = new("展开导航", "Expand navigation");
    internal static readonly LocalizedText OpenMenu = new("打开导航", "Open navigation");
    internal static readonly LocalizedText CloseMenu = new("关闭导航", "Close navigation");
    internal static readonly LocalizedText ToDark = new("换成深色", "Switch to dark");
    internal static readonly LocalizedText ToLight = new("换成浅色", "Switch to light");
    internal static readonly LocalizedText SwitchLanguage = new("切换到英文 (English)", "Switch to Chinese (中文)");
    internal static readonly LocalizedText LanguageMark = new("中 / EN", "EN / 中");
    internal static readonly LocalizedText Search = new("搜索", "Search");
    internal static readonly LocalizedText SearchHint = new("搜索场景、组件、运行…", "Search scenarios, components, runs…");
    internal static readonly LocalizedText SearchPages = new("页面", "Pages");
    internal static readonly LocalizedText SearchNothing = new("没有找到。换一个词试试。", "Nothing found. Try another word.");
    internal static readonly LocalizedText SearchKeys = new("↑↓ 选择 · Enter 打开 · Esc 关闭", "↑↓ select · Enter open · Esc close");
    internal static readonly LocalizedText ConnectionLost = new("连接已断开。内容仍可阅读，正在自动重连…", "Connection lost. You can keep reading; reconnecting by itself…");
    internal static readonly LocalizedText PageFailed = new("这个页面出错了", "This page failed");
    internal static readonly LocalizedText PageFailedWhat = new("数据没有受影响。可以重新显示；仍然出错时，请把编号告诉管理员。", "Your data is not affected. Show the page again; if it keeps failing, give the number to your administrator.");
    internal static readonly LocalizedText ShowAgain = new("重新显示", "Show again");

    // States
    internal static readonly LocalizedText StateWaiting = new("等待", "Waiting");
    internal static readonly LocalizedText StateRunning = new("运行中", "Running");
    internal static readonly LocalizedText StateSuspended = new("已挂起", "Suspended");
    internal static readonly LocalizedText StateNeedsYou = new("待处理", "Needs you");
    internal static readonly LocalizedText StateDone = new("完成", "Done");
    internal static readonly LocalizedText StateFaulted = new("出错", "Failed");
    internal static readonly LocalizedText StateSkipped = new("已跳过", "Skipped");
    internal static readonly LocalizedText StateCancelled = new("已取消", "Cancelled");
    internal static readonly LocalizedText StatePaused = new("已暂停", "Paused");
    internal static readonly LocalizedText StateTerminated = new("已终止", "Terminated");
    internal static readonly LocalizedText KindKnowledge = new("知识组件", "Knowledge");
    internal static readonly LocalizedText KindTool = new("工具组件", "Tool");
    internal static readonly LocalizedText KindApplication = new("应用组件", "Application");
    internal static readonly LocalizedText KindControl = new("流程控制", "Control flow");
    internal static readonly LocalizedText Loading = new("正在读取…", "Loading…");
    internal static readonly LocalizedText Code = new("代码", "Code");
    internal static readonly LocalizedText Where = new("位置", "Where");
    internal static readonly LocalizedText WhatToDo = new("怎么办", "What to do");
    internal static readonly LocalizedText CopyDetails = new("复制详情", "Copy details");
    internal static readonly LocalizedText Copied = new("已复制", "Copied");
    internal static readonly LocalizedText CopyRefused = new("浏览器不允许复制", "The browser refused to copy");

    // Tables, views, downloads
    internal static readonly LocalizedText DownloadJson = new("下载 JSON", "Download JSON");
    internal static readonly LocalizedText DownloadTableCsv = new("下载此表 CSV", "Download this table, CSV");
    internal static readonly LocalizedText DownloadTableJson = new("下载此表 JSON", "Download this table, JSON");
    internal static readonly LocalizedText DownloadChartCsv = new("下载图中数据 CSV", "Download the chart's data, CSV");
    internal static readonly LocalizedText ShowTable = new("看表格", "Show table");
    internal static readonly LocalizedText ShowChart = new("看图", "Show chart");
    internal static readonly LocalizedText NoRows = new("没有数据", "No data");
    internal static readonly LocalizedText PreviousPage = new("上一页", "Previous page");
    internal static readonly LocalizedText NextPage = new("下一页", "Next page");
    internal static readonly LocalizedText RowsOf = new("第 {0}–{1} 行，共 {2} 行", "Rows {0}–{1} of {2}");
    internal static readonly LocalizedText FirstPage = new("第一页", "First page");
    internal static readonly LocalizedText LastPage = new("最后一页", "Last page");
    internal static readonly LocalizedText SearchTable = new("在表中查找", "Search in the table");
    internal static readonly LocalizedText RowsFound = new("{1} 行中找到 {0} 行", "{0} of {1} rows found");
    internal static readonly LocalizedText NoRowFits = new("没有符合的行", "No row fits");
    internal static readonly LocalizedText SortBy = new("按此列排序", "Sort by this column");
    internal static readonly LocalizedText Yes = new("是", "Yes");
    internal static readonly LocalizedText No = new("否", "No");
    internal static readonly LocalizedText Items = new("{0} 项", "{0} items");
    internal static readonly LocalizedText Members = new("{0} 个字段", "{0} members");
    internal static readonly LocalizedText MoreOf = new("还有 {0} 项，再显示 {1} 项", "{0} more, show {1}");
    internal static readonly LocalizedText LongText = new("（共 {0} 个字符）", "({0} characters)");
    internal static readonly LocalizedText Latest = new("最新 {0}", "Latest {0}");
    internal static readonly LocalizedText Category = new("期", "Period");
    internal static readonly LocalizedText Lower = new("{0} 下限", "{0}, lower");
    internal static readonly LocalizedText Upper = new("{0} 上限", "{0}, upper");
    internal static readonly LocalizedText Unassigned = new("未分配", "Unassigned");
    internal static readonly LocalizedText EmptyView = new("这次运行没有可显示的结果。", "This run has no result to show.");
    internal static readonly LocalizedText ChartSpans = new("{0}：{1} 个点，从 {2} 到 {3}。", "{0}: {1} points, from {2} to {3}.");
    internal static readonly LocalizedText ChartBars = new("{0}：{1} 项。", "{0}: {1} items.");
    internal static readonly LocalizedText ChartBar = new("{0} {1}", "{0} {1}");
    internal static readonly LocalizedText ChartBarsMore = new("其余 {0} 项见表格。", "The table holds {0} more.");
    internal static readonly LocalizedText ChartLast = new("{0} 最后一个值 {1}（{2}）。", "{0}: last value {1} ({2}).");
    internal static readonly LocalizedText ChartBand = new("{0} {1} 至 {2}。", "{0}: {1} to {2}.");

    // Schema table
    internal static readonly LocalizedText PortName = new("名称", "Name");
    internal static readonly LocalizedText PortType = new("类型", "Type");
    internal static readonly LocalizedText PortUnit = new("单位", "Unit");
    internal static readonly LocalizedText PortRange = new("范围", "Range");
    internal static readonly LocalizedText PortDefault = new("默认值", "Default");
    internal static readonly LocalizedText PortExample = new("示例", "Example");
    internal static readonly LocalizedText Required = new("必填", "Required");
    internal static readonly LocalizedText Optional = new("可不填", "Optional");
    internal static readonly LocalizedText TypeText = new("文本", "Text");
    internal static readonly LocalizedText TypeNumber = new("数", "Number");
    internal static readonly LocalizedText TypeInteger = new("整数", "Integer");
    internal static readonly LocalizedText TypeBoolean = new("是 / 否", "Yes / no");
    internal static readonly LocalizedText TypeChoice = new("选项", "Choice");
    internal static readonly LocalizedText TypeDate = new("日期", "Date");
    internal static readonly LocalizedText TypeFile = new("文件", "File");
    internal static readonly LocalizedText TypeSeries = new("数列", "Series of numbers");
    internal static readonly LocalizedText TypeChoices = new("多选", "Several choices");
    internal static readonly LocalizedText TypeTexts = new("文本列表", "List of texts");
    internal static readonly LocalizedText TypeTable = new("表格", "Table");
    internal static readonly LocalizedText TypeObject = new("对象", "Object");
    internal static readonly LocalizedText TypeAny = new("任意值", "Any value");
    internal static readonly LocalizedText NoPorts = new("没有字段", "No fields");
}
