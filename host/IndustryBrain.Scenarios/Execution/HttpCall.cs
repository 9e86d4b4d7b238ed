namespace IndustryBrain.Scenarios.Execution;

/// <summary>
/// A request that a run sends reaches the shell as a <see cref="ComponentCall"/> to <see cref="ComponentId"/>. Its input:
/// <c>{"url","method","headers":{name:[values]},"contentType","content"}</c>, content a text or null, and <c>"isDownload":true</c> when the content is wanted as a file. Its answer:
/// <c>{"statusCode","headers":{name:[values]},"content"}</c>, content a text or <c>{"file","name"}</c>, or a failure; one with <see cref="FailedToConnect"/> or <see cref="TimedOut"/>
/// goes on where the activity says, any other faults it.
/// </summary>
public static class HttpCall
{
    /// <summary>What a call names in place of a component; no component can be called so.</summary>
    public const string ComponentId = "http";

    /// <summary>Code of the failure of a request whose server was not reached.</summary>
    public const string FailedToConnect = "IB2124";

    /// <summary>Code of the failure of a request that was not answered in time.</summary>
    public const string TimedOut = "IB2125";
}
