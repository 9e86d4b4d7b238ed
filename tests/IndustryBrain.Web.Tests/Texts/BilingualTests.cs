using System.Reflection;
using System.Text.RegularExpressions;
using IndustryBrain.Sdk;
using IndustryBrain.Web.Texts;

namespace IndustryBrain.Web.Tests.Texts;

public sealed partial class BilingualTests
{
    public static TheoryData<string, string, string> All()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var field in new[] { typeof(WebText), typeof(FormText) }.SelectMany(t => t.GetFields(BindingFlags.NonPublic | BindingFlags.Static)))
        {
            var text = (LocalizedText)field.GetValue(null)!;
            data.Add(field.Name, text.Zh, text.En);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Text_EachKey_SpeaksBothLanguages(string key, string zh, string en)
    {
        Assert.False(string.IsNullOrWhiteSpace(zh), key);
        Assert.False(string.IsNullOrWhiteSpace(en), key);
        Assert.Equal(Places().Matches(zh).Select(m => m.Value).Distinct().Order(), Places().Matches(en).Select(m => m.Value).Distinct().Order());
        if (key is not ("LanguageMark" or "SwitchLanguage")) Assert.DoesNotMatch("[\\u4e00-\\u9fff]", en);
    }

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Places();
}
