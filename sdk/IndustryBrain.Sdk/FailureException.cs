namespace IndustryBrain.Sdk;

/// <summary>Carries an expected failure through code that knows exceptions only, such as a library. A component that lets it pass answers with the failure.</summary>
public sealed class FailureException : Exception
{
    /// <summary>An exception that carries <paramref name="failure"/>.</summary>
    public FailureException(Failure failure)
        : base(failure?.Message.En)
    {
        ArgumentNullException.ThrowIfNull(failure);
        Failure = failure;
    }

    /// <summary>The failure.</summary>
    public Failure Failure { get; }

    /// <summary>The failure that an exception, or one within it, carries; null when none does.</summary>
    public static Failure? Find(Exception? exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is FailureException found)
            {
                return found.Failure;
            }
        }

        return null;
    }
}
