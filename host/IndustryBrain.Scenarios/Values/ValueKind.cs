namespace IndustryBrain.Scenarios.Values;

internal enum ValueKind
{
    Object,
    String,
    Boolean,
    Int16,
    Int32,
    Int64,
    Single,
    Double,
    Decimal,
    Guid,
    DateTime,
    DateTimeOffset,
    TimeSpan,
    Bytes,
    JsonObject,
    JsonAny,
    List,
    Other,
}
