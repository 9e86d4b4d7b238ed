using IndustryBrain.Sdk;

namespace IndustryBrain.Identity.Naming;

/// <summary>What is wrong with a name: IB4064.</summary>
internal static class NameFailures
{
    internal static Failure Invalid(string where, int longest) => new("IB4064", new($"名称须为 1–{longest} 个可见字符，其中至少一个字母、数字或汉字。", $"A name has 1 to {longest} visible characters, a letter or digit among them."))
    { Where = where };
}
