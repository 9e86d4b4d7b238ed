using IndustryBrain.Runtime.Http;
using IndustryBrain.Runtime.Runs.Execution;
using IndustryBrain.Runtime.Runs.Recording;
using Microsoft.Extensions.Options;

namespace IndustryBrain.Runtime.Runs;

/// <summary>Knows starts with a key of the caller's own again: the run's id is made of it.</summary>
internal sealed class RepeatedStarts(RunStore store, IOptions<HttpOptions> options, TimeProvider time)
{
    /// <summary>Header of the key.</summary>
    public const string Header = "Idempotency-Key";

    private const int LongestKey = 255;

    /// <summary>IB3054 when the text is no key.</summary>
    public static Sdk.Failure? Refuse(string key) => key.Length is > 0 and <= LongestKey && !key.Any(c => c is < ' ' or > '~') ? null : HttpFailures.BadKey(LongestKey);

    /// <summary>The id of the run that a key stands for: that of the run that is there and not older than keys hold, else of one to be started.</summary>
    public async Task<(Guid Id, bool IsThere)> FindAsync(string organization, string key, CancellationToken ct)
    {
        for (var again = 0; ; again++)
        {
            var id = ChildAdmission.IdOf($"{organization}\n{key}\n{again}");
            if (await store.FindAsync(organization, id, ct) is not { } record)
                return (id, false);
            if (time.GetUtcNow() - record.CreatedAt < TimeSpan.FromHours(options.Value.RepeatHours))
                return (id, true);
        }
    }
}
