namespace IndustryBrain.Sdk.Schemas;

/// <summary>What a value at the boundary is, seen from JSON.</summary>
internal enum ContractKind
{
    Any,
    Boolean,
    Integer,
    Number,
    Text,
    Choice,
    Date,
    Time,
    Moment,
    Duration,
    Identifier,
    Bytes,
    File,
    Array,
    Map,
    Object,
}
