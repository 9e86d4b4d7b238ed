using System.Reflection;
using System.Text.RegularExpressions;
using IndustryBrain.Host.Texts;
using IndustryBrain.Sdk;

namespace IndustryBrain.EndToEnd.Tests;

/// <summary>Both languages are complete.</summary>
public sealed class PageTextTests
{
    [Fact]
    public void Texts_All_HaveBothLanguagesAndTheSamePlaces()
    {
        var texts = typeof(PageText).GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public).Where(f => f.FieldType == typeof(LocalizedText)).ToList();

        Assert.NotEmpty(texts);
        Assert.All(texts, field =>
        {
            var text = (LocalizedText)field.GetValue(null)!;
            Assert.False(string.IsNullOrWhiteSpace(text.Zh), field.Name);
            Assert.False(string.IsNullOrWhiteSpace(text.En), field.Name);
            Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", text.En);
            Assert.Equal(Places(text.Zh), Places(text.En));
        });
    }

    private static IEnumerable<string> Places(string text) => Regex.Matches(text, @"\{\d\}").Select(m => m.Value).Distinct().Order();
}
