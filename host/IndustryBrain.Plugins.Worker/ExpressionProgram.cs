using System.Runtime.CompilerServices;
using System.Text.Json;
using IndustryBrain.Expressions;

namespace IndustryBrain.Plugins.Worker;

/// <summary>The expressions of an organization, in place of a plugin. Apart, so that a plugin's worker loads nothing of them.</summary>
internal static class ExpressionProgram
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Func<JsonElement, CancellationToken, ValueTask<JsonElement>> Start(JsonElement settings) => new ExpressionServer(settings).AnswerAsync;
}
