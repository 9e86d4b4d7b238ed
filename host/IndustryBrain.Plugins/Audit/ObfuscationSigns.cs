using System.Globalization;
using System.Reflection.Metadata;
using System.Text;
using IndustryBrain.Sdk;

namespace IndustryBrain.Plugins.Audit;

/// <summary>Signs that the names of an assembly are not those of its source.</summary>
internal static class ObfuscationSigns
{
    private const int MinTypes = 20;
    private const int ShortName = 2;

    private static readonly HashSet<string> Marks = new(StringComparer.Ordinal)
    {
        "ConfusedByAttribute", "DotfuscatorAttribute", "ObfuscatedByGoliath", "BabelObfuscatorAttribute", "BabelAttribute", "CryptoObfuscator", "ObfuscatedByCliSecureAttribute", "ObfuscatedByAgileDotNetAttribute",
        "PoweredByAttribute", "YanoAttribute", "NineRays.Obfuscator.Evaluation", "EMyPID_8234_", "SmartAssembly.Attributes", "ZYXDNGuarder", "SuppressIldasmAttribute", "ReactorAttribute", "NETSecureAttribute",
    };

    /// <summary>Reports each kind of sign once.</summary>
    public static void Report(MetadataReader metadata, AuditFindings findings)
    {
        var (types, shortNames, odd, names) = (0, 0, 0, 0);
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            var name = metadata.GetString(type.Name);
            if (Marks.Contains(name) || Marks.Contains(metadata.GetString(type.Namespace)))
            {
                Mark(name);
            }

            if (name.StartsWith('<'))
            {
                continue;
            }

            names++;
            odd += IsOdd(name) ? 1 : 0;
            if (type.GetDeclaringType().IsNil)
            {
                types++;
                shortNames += name.Length <= ShortName && char.IsAsciiLetter(name[0]) ? 1 : 0;
            }
        }

        foreach (var handle in metadata.TypeReferences)
        {
            var name = metadata.GetString(metadata.GetTypeReference(handle).Name);
            if (Marks.Contains(name))
            {
                Mark(name);
            }
        }

        foreach (var handle in metadata.MethodDefinitions)
        {
            names++;
            odd += IsOdd(metadata.GetString(metadata.GetMethodDefinition(handle).Name)) ? 1 : 0;
        }

        if (odd > 0)
        {
            findings.Add(AuditRules.ObfuscationSigns, new($"{names} 个名称中有 {odd} 个无法书写", $"{odd} of {names} names cannot be written"));
        }

        if (types >= MinTypes && shortNames > types / 2)
        {
            findings.Add(AuditRules.ObfuscationSigns, new($"{types} 个类型中有 {shortNames} 个的名称只有一两个字母", $"{shortNames} of {types} types have names of one or two letters"));
        }

        void Mark(string name) => findings.Add(AuditRules.ObfuscationSigns, LocalizedText.Same(name));
    }

    // Letters of any script may be a name; control, format and private characters may not.
    private static bool IsOdd(string name)
    {
        foreach (var rune in name.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                return true;
            }
        }

        return name.Length == 0;
    }
}
