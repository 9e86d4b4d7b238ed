using System.Collections.Frozen;

namespace IndustryBrain.Expressions.CSharp;

/// <summary>What a source may use of .NET: members by name, because a type that is harmless as a whole is rare.</summary>
internal static class AllowedMembers
{
    private const string Numbers = "Parse TryParse ToString CompareTo Equals MinValue MaxValue Zero One NaN PositiveInfinity NegativeInfinity IsNaN IsFinite IsInfinity Abs Min Max Round Floor Ceiling Truncate Sign Clamp ToDouble ToInt32 ToInt64";
    private const string Dates = "Parse TryParse ToString CompareTo Equals Now UtcNow Today Date Day DayOfWeek DayOfYear Hour Minute Second Millisecond Month Year Ticks TimeOfDay Offset DateTime UtcDateTime Kind Add AddDays AddHours AddMinutes AddSeconds AddMilliseconds AddMonths AddYears Subtract DaysInMonth IsLeapYear ToUniversalTime ToUnixTimeSeconds ToUnixTimeMilliseconds FromUnixTimeSeconds FromUnixTimeMilliseconds FromDays FromHours FromMinutes FromSeconds FromMilliseconds Days Hours Minutes Seconds Milliseconds TotalDays TotalHours TotalMinutes TotalSeconds TotalMilliseconds Duration Negate Zero MinValue MaxValue .ctor";
    private const string Calls = "Invoke";

    private static readonly FrozenDictionary<string, FrozenSet<string>> Types = new Dictionary<string, string>
    {
        ["System.Object"] = "",
        ["System.Void"] = "",
        ["System.ValueType"] = "",
        ["System.Nullable`1"] = "Value HasValue GetValueOrDefault",
        ["System.Boolean"] = "Parse TryParse ToString",
        ["System.Byte"] = Numbers,
        ["System.Int16"] = Numbers,
        ["System.Int32"] = Numbers,
        ["System.Int64"] = Numbers,
        ["System.Single"] = Numbers,
        ["System.Double"] = Numbers,
        ["System.Decimal"] = Numbers,
        ["System.Char"] = "IsDigit IsLetter IsLetterOrDigit IsWhiteSpace IsUpper IsLower IsPunctuation ToUpper ToLower ToUpperInvariant ToLowerInvariant ToString",
        ["System.String"] = "Length Empty Contains StartsWith EndsWith IndexOf LastIndexOf Substring Trim TrimStart TrimEnd ToUpper ToLower ToUpperInvariant ToLowerInvariant Split Remove IsNullOrEmpty IsNullOrWhiteSpace Equals Compare CompareTo ToString ToCharArray Replace Join Concat this[]",
        ["System.StringComparison"] = "Ordinal OrdinalIgnoreCase InvariantCulture InvariantCultureIgnoreCase CurrentCulture CurrentCultureIgnoreCase",
        ["System.StringSplitOptions"] = "None TrimEntries RemoveEmptyEntries",
        ["System.MidpointRounding"] = "ToEven AwayFromZero ToZero ToNegativeInfinity ToPositiveInfinity",
        ["System.DayOfWeek"] = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday",
        ["System.DateTimeKind"] = "Utc Local Unspecified",
        ["System.DateTime"] = Dates,
        ["System.DateTimeOffset"] = Dates,
        ["System.TimeSpan"] = Dates,
        ["System.Guid"] = "NewGuid Parse TryParse ToString Empty",
        ["System.Array"] = "Length",
        ["System.Math"] = "Abs Acos Asin Atan Atan2 Cbrt Ceiling Clamp Cos Cosh Exp Floor Log Log10 Log2 Max Min Pow Round Sign Sin Sinh Sqrt Tan Tanh Truncate PI E",
        ["System.Convert"] = "ToBoolean ToDateTime ToDecimal ToDouble ToInt32 ToInt64 ToString",
        ["System.Globalization.CultureInfo"] = "InvariantCulture",
        ["System.IFormatProvider"] = "",
        ["System.Exception"] = ".ctor",
        ["System.ArgumentException"] = ".ctor",
        ["System.InvalidOperationException"] = ".ctor",
        ["System.Func`1"] = Calls,
        ["System.Func`2"] = Calls,
        ["System.Func`3"] = Calls,
        ["System.Func`4"] = Calls,
        ["System.Action"] = Calls,
        ["System.Action`1"] = Calls,
        ["System.Action`2"] = Calls,
        ["System.Predicate`1"] = Calls,
        ["System.Comparison`1"] = Calls,
        ["System.Index"] = "",
        ["System.Range"] = "",
        ["System.Collections.IEnumerable"] = "",
        ["System.Collections.Generic.IEnumerable`1"] = "",
        ["System.Collections.Generic.IReadOnlyList`1"] = "Count this[]",
        ["System.Collections.Generic.IReadOnlyCollection`1"] = "Count",
        ["System.Collections.Generic.IList`1"] = "Count this[]",
        ["System.Collections.Generic.ICollection`1"] = "Count",
        ["System.Collections.Generic.List`1"] = "Add Remove RemoveAt Clear Contains IndexOf Insert Count Sort Reverse this[] .ctor()",
        ["System.Collections.Generic.Dictionary`2"] = "Add Remove Clear ContainsKey TryGetValue Count Keys Values this[] .ctor()",
        ["System.Collections.Generic.Dictionary`2+KeyCollection"] = "Count",
        ["System.Collections.Generic.Dictionary`2+ValueCollection"] = "Count",
        ["System.Collections.Generic.HashSet`1"] = "Add Remove Clear Contains Count .ctor()",
        ["System.Collections.Generic.KeyValuePair`2"] = "Key Value Deconstruct",
        ["System.Linq.IGrouping`2"] = "Key",
        ["System.Linq.IOrderedEnumerable`1"] = "",
        ["System.Linq.Enumerable"] = "Aggregate All Any Append Average Cast Chunk Contains Count CountBy DefaultIfEmpty Distinct DistinctBy ElementAt ElementAtOrDefault Except First FirstOrDefault GroupBy Index Intersect Last LastOrDefault Max MaxBy Min MinBy OfType Order OrderBy OrderByDescending OrderDescending Prepend Reverse Select Single SingleOrDefault Skip SkipLast SkipWhile Sum Take TakeLast TakeWhile ThenBy ThenByDescending ToArray ToDictionary ToHashSet ToList Where Zip",
        ["System.Text.Json.JsonElement"] = "GetProperty TryGetProperty GetString GetInt32 GetInt64 GetDouble GetDecimal GetBoolean GetArrayLength EnumerateArray ValueKind ToString this[]",
        ["System.Text.Json.JsonElement+ArrayEnumerator"] = "",
        ["System.Text.Json.JsonValueKind"] = "Undefined Object Array String Number True False Null",
        ["System.Text.Json.Nodes.JsonNode"] = "AsArray AsObject AsValue ToJsonString ToString this[] op_Explicit op_Implicit",
        ["System.Text.Json.Nodes.JsonObject"] = "Add Remove ContainsKey Count this[] .ctor",
        ["System.Text.Json.Nodes.JsonArray"] = "Add Remove RemoveAt Count this[] .ctor",
        ["System.Text.Json.Nodes.JsonValue"] = "Create ToString",
        ["System.Text.Json.Nodes.JsonNodeOptions"] = "",
        ["IndustryBrain.Expressions.CSharp.ScriptAccess"] = "Output Outcome WorkflowInstanceId WorkflowInstanceName CorrelationId",
        ["IndustryBrain.Expressions.CSharp.VariableAccess"] = "Get Set",
        ["IndustryBrain.Expressions.CSharp.InputAccess"] = "Get",
        ["IndustryBrain.Expressions.CSharp.ArgumentAccess"] = "Get ContainsKey this[]",
        ["IndustryBrain.Expressions.CSharp.OutputAccess"] = "From LastResult",
        ["IndustryBrain.Expressions.CSharp.OutcomeAccess"] = "Set",
        ["IndustryBrain.Expressions.CSharp.TextAccess"] = "Checked Replacing Join Concat",
    }.ToFrozenDictionary(t => t.Key, t => t.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);

    public static bool HasType(string type) => Types.ContainsKey(type);

    public static bool HasMember(string type, string member) => Types.TryGetValue(type, out var members) && members.Contains(member);
}
