using System.Diagnostics.CodeAnalysis;

namespace IndustryBrain.Sdk;

/// <summary>Either a value or the expected failure that stands in its place.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public sealed class Result<T>
{
    private readonly T? _value;
    private readonly Failure? _failure;

    /// <summary>A success that carries <paramref name="value"/>.</summary>
    public Result(T value) => _value = value;

    /// <summary>A failure.</summary>
    public Result(Failure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        _failure = failure;
    }

    /// <summary>The failure, or null on success.</summary>
    public Failure? Failure => _failure;

    /// <summary>Takes the result apart: true gives the value, false the failure.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Failure? failure)
    {
        value = _value;
        failure = _failure;
        return failure is null;
    }

    /// <summary>Carries a success on through <paramref name="next"/>; a failure stays as it is.</summary>
    public Result<TNext> Then<TNext>(Func<T, Result<TNext>> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return _failure is null ? next(_value!) : new Result<TNext>(_failure);
    }

    /// <summary>A value is a success.</summary>
    public static implicit operator Result<T>(T value) => new(value);

    /// <summary>A failure is a failed result.</summary>
    public static implicit operator Result<T>(Failure failure) => new(failure);
}
