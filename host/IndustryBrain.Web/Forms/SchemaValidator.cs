using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using IndustryBrain.Sdk;
using IndustryBrain.Web.Schemas;
using IndustryBrain.Web.Texts;

namespace IndustryBrain.Web.Forms;

/// <summary>Checks a value against a schema in words for the person who entered it. The host checks again: this only saves a round trip.</summary>
public static class SchemaValidator
{
    private const int MaximumErrors = 100;
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(250);

    /// <summary>All that is wrong, in the order of the form, at most 100 entries.</summary>
    public static IReadOnlyList<FieldError> Validate(SchemaNode schema, JsonElement value)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var errors = new List<FieldError>();
        Check(schema, value, "", place: null, errors);
        return errors;
    }

    private static void Check(SchemaNode schema, JsonElement? found, string path, LocalizedText? place, List<FieldError> errors)
    {
        if (errors.Count >= MaximumErrors) return;
        if (found is not { } value || IsEmpty(schema, value))
        {
            if (schema.IsRequired && !schema.IsNullable && path.Length > 0) Add(schema.Kind is SchemaKind.File or SchemaKind.Choice or SchemaKind.Choices ? FormText.MissingFile.With(schema.Title) : FormText.Missing.With(schema.Title));
            if (schema.Kind == SchemaKind.Object && path.Length == 0) CheckMembers(schema, default, path, place, errors);
            return;
        }

        switch (schema.Kind)
        {
            case SchemaKind.Text:
                if (value.ValueKind != JsonValueKind.String) Add(FormText.NotText);
                else CheckText(schema, value.GetString()!, Add);
                break;
            case SchemaKind.Number or SchemaKind.Integer:
                CheckNumber(schema, value, Add);
                break;
            case SchemaKind.Boolean:
                if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) Add(FormText.NotBoolean.With(Short(value)));
                break;
            case SchemaKind.Choice:
                if (schema.Choices.All(c => c.Key != SchemaChoice.KeyOf(value))) Add(FormText.NotAChoice.With(Short(value)));
                break;
            case SchemaKind.Date:
                if (value.ValueKind != JsonValueKind.String || !DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) Add(FormText.NotDate.With(Short(value)));
                break;
            case SchemaKind.Series or SchemaKind.Texts or SchemaKind.Choices or SchemaKind.Table:
                if (value.ValueKind != JsonValueKind.Array) Add(FormText.NotList);
                else CheckItems(schema, value, path, errors, Add);
                break;
            case SchemaKind.Object:
                if (value.ValueKind != JsonValueKind.Object) Add(FormText.NotObject);
                else CheckMembers(schema, value, path, place, errors);
                break;
        }

        void Add(LocalizedText message) => errors.Add(new(path, place is null ? message : Join(place, message)));
    }

    private static void CheckMembers(SchemaNode schema, JsonElement value, string path, LocalizedText? place, List<FieldError> errors)
    {
        if (schema.OneOf is [var first, ..] && schema.OneOf.All(m => value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(m.Name, out var given) || IsEmpty(m, given)))
        {
            var names = schema.OneOf.Select(m => FormText.Quoted.With(m.Title)).Aggregate((a, b) => FormText.Or.With(a, b));
            errors.Add(new(path.Length == 0 ? first.Name : $"{path}.{first.Name}", place is null ? FormText.MissingOneOf.With(names) : Join(place, FormText.MissingOneOf.With(names))));
        }

        foreach (var member in schema.Members)
        {
            JsonElement? inner = value.ValueKind == JsonValueKind.Object && value.TryGetProperty(member.Name, out var m) ? m : null;
            Check(member, inner, path.Length == 0 ? member.Name : $"{path}.{member.Name}", place, errors);
        }
    }

    private static void CheckItems(SchemaNode schema, JsonElement value, string path, List<FieldError> errors, Action<LocalizedText> add)
    {
        var count = value.GetArrayLength();
        if (schema.MinimumLength is { } least && count < least) add(FormText.TooFew.With(least, count));
        if (schema.MaximumLength is { } most && count > most) add(FormText.TooMany.With(most, count));
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var itemPath = $"{path}[{index}]";
            if (schema.Kind is SchemaKind.Series or SchemaKind.Texts or SchemaKind.Choices)
            {
                if (schema.Item is { } inner) Check(inner with { Title = FormText.ValuePlace.With(index + 1) }, item, itemPath, FormText.ValuePlace.With(index + 1), errors);
            }
            else
            {
                foreach (var column in schema.Item!.Members)
                {
                    JsonElement? cell = item.ValueKind == JsonValueKind.Object && item.TryGetProperty(column.Name, out var c) ? c : null;
                    Check(column, cell, $"{itemPath}.{column.Name}", FormText.RowPlace.With(index + 1, column.Title), errors);
                }
            }

            if (errors.Count >= MaximumErrors) return;
            index++;
        }
    }

    private static void CheckText(SchemaNode schema, string text, Action<LocalizedText> add)
    {
        if (schema.MaximumLength is { } most && text.Length > most) add(FormText.TooLong.With(most, text.Length));
        if (schema.MinimumLength is { } least && text.Length < least) add(FormText.TooShort.With(least, text.Length));
        if (schema.Pattern is null) return;
        try
        {
            if (!Regex.IsMatch(text, schema.Pattern, RegexOptions.None, PatternTime)) add(FormText.NotPattern);
        }
        catch (Exception e) when (e is RegexMatchTimeoutException or ArgumentException)
        {
            // The pattern is a plugin's: one that cannot be used here is left to the host.
        }
    }

    private static void CheckNumber(SchemaNode schema, JsonElement value, Action<LocalizedText> add)
    {
        if (value.ValueKind != JsonValueKind.Number)
        {
            add(NumberEntry.Suggest(Short(value)) is { } better ? FormText.NotNumberSuggest.With(Short(value), better) : FormText.NotNumber.With(Short(value)));
            return;
        }

        var number = value.GetDouble();
        if (schema.Kind == SchemaKind.Integer && number != Math.Floor(number)) add(FormText.NotInteger.With(NumberText.Of(number)));
        else if (number < schema.Minimum || number > schema.Maximum || number <= schema.ExclusiveMinimum || number >= schema.ExclusiveMaximum)
            add(FormText.NotInRange.With(NumberText.Of(number), SchemaRange.Of(schema)));
    }

    private static bool IsEmpty(SchemaNode schema, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => true,
        JsonValueKind.String => string.IsNullOrWhiteSpace(value.GetString()),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => schema.Kind == SchemaKind.File && !value.EnumerateObject().Any(),
        _ => false,
    };

    private static LocalizedText Join(LocalizedText place, LocalizedText message) =>
        new(place.Zh + FormText.Colon.Zh + message.Zh, place.En + FormText.Colon.En + message.En);

    private static string Short(JsonElement value) => value.ToString() is { Length: > 40 } text ? text[..40] + "…" : value.ToString();
}
