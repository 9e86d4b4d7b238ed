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

    [Theory]
    [InlineData("At least 1 values; it has 1 values.", "At least 1 value; it has 1 value.")]
    [InlineData("11 values, 2.1 values, 0–1 values", "11 values, 2.1 values, 0–1 values")]
    [InlineData("Static audit: 1 errors, 0 warnings, 1 notes", "Static audit: 1 error, 0 warnings, 1 note")]
    [InlineData("1 members", "1 member")]
    public void Agree_OneOfAThing_IsSaidAsOne(string written, string expected) => Assert.Equal(expected, EnglishCounts.Agree(written));

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Places();
}
