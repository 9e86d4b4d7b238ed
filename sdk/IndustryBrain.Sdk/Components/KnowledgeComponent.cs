using System.Text.Json.Serialization;

namespace IndustryBrain.Sdk.Components;

/// <summary>Whether somebody has checked a piece of knowledge against its original source.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<KnowledgeStatus>))]
public enum KnowledgeStatus
{
    /// <summary>Checked against the original.</summary>
    [JsonStringEnumMemberName("confirmed")] Confirmed,

    /// <summary>From a secondary or remembered text; shown to people as unconfirmed.</summary>
    [JsonStringEnumMemberName("unconfirmed")] Unconfirmed,
}

/// <summary>Where an answer comes from and how long it holds.</summary>
/// <param name="Source">Title, number and edition of the source.</param>
/// <param name="Version">Version of the knowledge.</param>
/// <param name="ValidFrom">First day of validity.</param>
/// <param name="ValidTo">Last day of validity; null when it still holds.</param>
/// <param name="Status">Whether it was checked against the original.</param>
public sealed record Provenance(
    [property: Label("来源", "Source", DescriptionZh = "来源的名称、文号与版次。", DescriptionEn = "Title, number and edition of the source.")] string Source,
    [property: Label("版本", "Version", DescriptionZh = "这条知识的版本。", DescriptionEn = "Version of the knowledge.")] string Version,
    [property: Label("有效期起", "Valid from", DescriptionZh = "有效期的第一天。", DescriptionEn = "First day of validity.")] DateOnly ValidFrom,
    [property: Label("有效期止", "Valid to", DescriptionZh = "有效期的最后一天；仍然有效时不给出。", DescriptionEn = "Last day of validity; absent while it still holds.")] DateOnly? ValidTo,
    [property: Label("状态", "Status", DescriptionZh = "confirmed 已与原文核对，unconfirmed 未核对。", DescriptionEn = "confirmed when it was checked against the original, else unconfirmed.")] KnowledgeStatus Status);

/// <summary>One answer of a knowledge component.</summary>
/// <typeparam name="TValue">Type of the value.</typeparam>
/// <param name="Value">The value itself.</param>
/// <param name="Unit">Unit of the value; null where it has none.</param>
/// <param name="Provenance">Where it comes from and how long it holds.</param>
public sealed record KnowledgeAnswer<TValue>(
    [property: Label("值", "Value", DescriptionZh = "值本身。", DescriptionEn = "The value itself.")] TValue Value,
    [property: Label("单位", "Unit", DescriptionZh = "值的单位；没有单位时不给出。", DescriptionEn = "Unit of the value; absent where it has none.")] string? Unit,
    [property: Label("出处", "Provenance", DescriptionZh = "值的出处与有效期。", DescriptionEn = "Where the value comes from and how long it holds.")] Provenance Provenance);

/// <summary>Declarative, versioned, side-effect free knowledge: it is asked as of a date, and outside its validity it refuses and says what exists; it never takes the nearest version.</summary>
/// <typeparam name="TQuery">The question; it names the date that the answer must hold on.</typeparam>
/// <typeparam name="TAnswer">The answer: a record that carries <see cref="KnowledgeAnswer{TValue}"/> or <see cref="Provenance"/>.</typeparam>
public abstract class KnowledgeComponent<TQuery, TAnswer> : Component<TQuery, TAnswer>
    where TQuery : notnull
    where TAnswer : notnull
{
    /// <inheritdoc />
    public sealed override ComponentKind Kind => ComponentKind.Knowledge;
}
