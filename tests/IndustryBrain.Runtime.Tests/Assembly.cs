using IndustryBrain.Sdk.Packaging;
using IndustryBrain.Testing;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
[assembly: AssemblyFixture(typeof(IndustryBrain.Runtime.Tests.ProbePackage))]
[assembly: Plugin("IndustryBrain.Probe", "probe", Vendor = "IndustryBrain", Zh = "探针", En = "Probe", DescriptionZh = "测试用组件。", DescriptionEn = "Components for tests.")]
[assembly: Permission("files", "读取输入文件。", "Reads the input file.")]
[assembly: Permission("events", "通知等待价格的运行。", "Tells the runs that wait for a price.", Targets = ["Price"])]
[assembly: Permission("knowledge", "询问版本。", "Asks for the version.", Targets = ["versioned.*"])]
