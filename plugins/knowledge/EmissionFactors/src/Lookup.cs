using System.Globalization;
using System.Text.Json;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;

namespace IndustryBrain.Plugins.EmissionFactors;

/// <summary>Emission factors of several items at once, as of a year and for a region. Outside validity it refuses and says what exists; another year is taken only when that is accepted, and then recorded.</summary>
[Component("emission-factors.lookup", Zh = "查排放因子", En = "Look up emission factors",
    DescriptionZh = "按年份和地区给出每个项目的排放因子及来源；没有对应年份时拒绝并说明有哪些，不取最近的。",
    DescriptionEn = "Gives the emission factor of each item for a year and region, with source; where none is valid it refuses and says what exists, and never takes the nearest.")]
public sealed class Lookup : KnowledgeComponent<LookupQuery, LookupAnswer>
{
    // Each answer carries its factor with its source: beyond this a run would hold more than it may.
    private const int MostItems = 20_000;

    /// <inheritdoc />
    protected override ValueTask<Result<LookupAnswer>> RunAsync(LookupQuery input, ComponentContext context, CancellationToken cancellationToken)
    {
        if (input.Items.Count == 0)
        {
            return new(Refusals.Few("items", 0, 1));
        }

        if (input.Items.Count > MostItems)
        {
            return new(LookupFailures.TooMany(string.IsNullOrWhiteSpace(input.ItemsName) ? "items" : input.ItemsName.Trim(), input.Items.Count, MostItems));
        }

        if (!OtherYear.Read(input.AcceptOtherYear).TryGet(out var other, out var failure))
        {
            return new(failure);
        }

        if (!Moment.Read(input).TryGet(out var moment, out failure))
        {
            return new(failure);
        }

        FactorRegion? region = null;
        if (!string.IsNullOrWhiteSpace(input.Region) && (region = FactorData.Current.Region(input.Region)) is null)
        {
            return new(LookupFailures.UnknownRegion(input.Region));
        }

        var found = new List<FoundFactor>();
        for (var i = 0; i < input.Items.Count; i++)
        {
            var where = string.Create(CultureInfo.InvariantCulture, $"{(string.IsNullOrWhiteSpace(input.ItemsName) ? "items" : input.ItemsName.Trim())}[{i}]");
            if (!Find(input.Items[i], where, region, moment, other).TryGet(out var factor, out failure))
            {
                return new(i < input.RowNumbers?.Count ? LookupFailures.InRow(failure, input.RowNumbers[i]) : failure);
            }

            if (factor.OtherYearAccepted)
            {
                context.Log(ComponentLogLevel.Warning, $"{factor.Item}: factor of {factor.Version} accepted for {moment.Year}");
            }

            found.Add(factor);
        }

        return new(new LookupAnswer(found, found.Exists(f => f.OtherYearAccepted), found.Exists(f => f.Status == KnowledgeStatus.Unconfirmed)));
    }

    private static Result<FoundFactor> Find(FactorItem item, string where, FactorRegion? region, Moment moment, OtherYear other)
    {
        if (FactorData.Current.Subject(item.Item) is not { } subject)
        {
            return LookupFailures.UnknownItem(where, item.Item);
        }

        if (subject.Category == "grid" && region is null)
        {
            return Refusals.Missing("region");
        }

        // A national or global factor holds in each region it contains; a grid factor in its own region only.
        FactorEdition[] ofRegion = [.. subject.Editions.Where(e => subject.Category == "grid" ? e.Region == region!.Code : e.Region is "CN" or "GLOBAL" || e.Region == region?.Code)];
        if (ofRegion.Length == 0)
        {
            return LookupFailures.NoRegion(where, subject, region!);
        }

        var edition = Array.Find(ofRegion, moment.IsWithin);
        var accepted = edition is null;
        edition ??= other.Choose(ofRegion, moment.Year);
        if (edition is null)
        {
            return LookupFailures.NoYear(where, subject, region, moment.Year, ofRegion, other);
        }

        return Converted(item, where, subject).Then<FoundFactor>(size => new FoundFactor(
            item.Item, subject.Id, subject.Zh, subject.En, edition.Value, $"kg/{subject.PerUnit}", size, edition.Source, edition.Version, edition.Region, edition.Year,
            edition.ValidFrom, edition.ValidTo, edition.Status, subject.Gas, subject.Boundary, accepted));
    }

    private static Result<double> Converted(FactorItem item, string where, FactorSubject subject)
    {
        if (string.IsNullOrWhiteSpace(item.Unit))
        {
            return 1;
        }

        if (item.Density is { } density && (!double.IsFinite(density) || density <= 0))
        {
            return Refusals.Range($"{where}.density", density, "(0, ∞) kg/L");
        }

        if (ActivityUnits.Convert(item.Unit, subject.PerUnit, item.Density) is { } size)
        {
            return size;
        }

        var failure = Refusals.Unit($"{where}.unit", item.Unit, subject.PerUnit) with
        {
            Message = new($"「{item.Item}」的单位 '{item.Unit}' 无法换算为 '{subject.PerUnit}'。", $"The unit '{item.Unit}' of “{item.Item}” cannot be converted to '{subject.PerUnit}'."),
        };
        return ActivityUnits.IsLitre(item.Unit) && subject.PerUnit == "kg"
            ? failure with { Action = new($"「{item.Item}」按升计量时请给出密度 density（kg/L），或改用 kg。", $"Give the density (kg/L) of “{item.Item}”, or use kg.") }
            : failure;
    }
}

/// <summary>When a factor has to be valid: on a day, or on any day of a year.</summary>
internal readonly record struct Moment(int Year, DateOnly? Day)
{
    public static Result<Moment> Read(LookupQuery input) => (input.AsOf, input.Year) switch
    {
        (null, null) => Refusals.Missing("year"),
        ({ } day, { } year) when day.Year != year => Refusals.Range("year", year, $"{day.Year} (asOf)"),
        ({ } day, _) => new Moment(day.Year, day),
        (null, { } year) => new Moment(year, null),
    };

    public bool IsWithin(FactorEdition edition) => Day is { } day
        ? edition.ValidFrom <= day && (edition.ValidTo is null || day <= edition.ValidTo)
        : edition.ValidFrom.Year <= Year && (edition.ValidTo is null || Year <= edition.ValidTo.Value.Year);
}

/// <summary>Whether a factor of another year may be taken.</summary>
internal readonly record struct OtherYear(bool IsAccepted, int? Year)
{
    public static Result<OtherYear> Read(JsonElement? value) => value?.ValueKind switch
    {
        null or JsonValueKind.Null or JsonValueKind.Undefined or JsonValueKind.False => new OtherYear(false, null),
        JsonValueKind.True => new OtherYear(true, null),
        JsonValueKind.Number when value.Value.TryGetInt32(out var year) => new OtherYear(true, year),
        _ => Refusals.Type("acceptOtherYear", value.Value.GetRawText(), new("是、否或年份", "true, false or a year")),
    };

    /// <summary>The named year; without a name the newest before, else the oldest after the asked year.</summary>
    public FactorEdition? Choose(IEnumerable<FactorEdition> editions, int asked)
    {
        if (!IsAccepted)
        {
            return null;
        }

        if (Year is { } named)
        {
            return editions.FirstOrDefault(e => e.ValidFrom.Year <= named && (e.ValidTo is null || named <= e.ValidTo.Value.Year));
        }

        FactorEdition[] ordered = [.. editions.OrderBy(e => e.ValidFrom)];
        return ordered.LastOrDefault(e => e.ValidFrom.Year <= asked) ?? ordered.FirstOrDefault();
    }
}
