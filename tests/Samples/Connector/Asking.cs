using System.Text;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Capabilities;
using IndustryBrain.Sdk.Components;

namespace Connector;

/// <summary>When a shift is meant.</summary>
public sealed record ShiftQuestion(DateOnly Date, string Next = "");

/// <summary>How long it is.</summary>
public sealed record ShiftAnswer(KnowledgeAnswer<double> Hours);

/// <summary>Knows the hours of a shift; asks on when it is told whom.</summary>
[Component("connector.shifts", Zh = "班次", En = "Shifts")]
public sealed class Shifts : KnowledgeComponent<ShiftQuestion, ShiftAnswer>
{
    /// <inheritdoc />
    protected override async ValueTask<Result<ShiftAnswer>> RunAsync(ShiftQuestion input, ComponentContext context, CancellationToken cancellationToken)
    {
        if (input.Next.Length > 0)
        {
            return (await context.Knowledge.AskAsync<ShiftQuestion, ShiftAnswer>(input.Next, input, cancellationToken).ConfigureAwait(false)).TryGet(out var reply, out var failure) ? reply.Answer : failure;
        }

        context.Log(ComponentLogLevel.Information, "asked");
        return new ShiftAnswer(new(8, "h", new("Works agreement 7", "2026.1", new(2026, 1, 1), null, KnowledgeStatus.Confirmed)));
    }
}

/// <summary>Whom to ask, what, and on whose advice.</summary>
public sealed record Inquiry(string Component, DateOnly Date, string Next = "");

/// <summary>The answer, and where it comes from.</summary>
public sealed record Advice(double Hours, string Source, string Plugin, string Version, string Sha256);

/// <summary>Asks another plugin's knowledge.</summary>
[Component("connector.inquire", Zh = "查询", En = "Inquire", IsDeterministic = false)]
public sealed class Inquire : ToolComponent<Inquiry, Advice>
{
    /// <inheritdoc />
    protected override async ValueTask<Result<Advice>> RunAsync(Inquiry input, ComponentContext context, CancellationToken cancellationToken)
    {
        var asked = await context.Knowledge.AskAsync<ShiftQuestion, ShiftAnswer>(input.Component, new(input.Date, input.Next), cancellationToken).ConfigureAwait(false);
        return asked.TryGet(out var reply, out var failure)
            ? new Advice(reply.Answer.Hours.Value, reply.Answer.Hours.Provenance.Source, reply.Origin.Plugin, reply.Origin.Version, reply.Origin.Sha256)
            : failure;
    }
}

/// <summary>Nothing.</summary>
public sealed record Nothing;

/// <summary>What the platform takes for now.</summary>
public sealed record Today(DateTimeOffset Now, string TimeZone);

/// <summary>Tells the time.</summary>
[Component("connector.today", Zh = "时间", En = "Today", IsDeterministic = false)]
public sealed class TellTime : ToolComponent<Nothing, Today>
{
    /// <inheritdoc />
    protected override async ValueTask<Result<Today>> RunAsync(Nothing input, ComponentContext context, CancellationToken cancellationToken) =>
        (await context.Clock.ReadAsync(cancellationToken).ConfigureAwait(false)).TryGet(out var reading, out var failure) ? new Today(reading.Now, reading.TimeZone) : failure;
}

/// <summary>A file that was handed over, and the id of one that perhaps was not.</summary>
public sealed record Opening(IReadOnlyList<FileReference>? Files = null, string Id = "");

/// <summary>What stands in it.</summary>
public sealed record FileText(string Text);

/// <summary>Opens a file by its id.</summary>
[Component("connector.open", Zh = "打开", En = "Open", IsDeterministic = false)]
public sealed class Open : ToolComponent<Opening, FileText>
{
    /// <inheritdoc />
    protected override async ValueTask<Result<FileText>> RunAsync(Opening input, ComponentContext context, CancellationToken cancellationToken)
    {
        if (!(await context.OpenFileAsync(new FileReference(input.Id), cancellationToken).ConfigureAwait(false)).TryGet(out var file, out var failure))
        {
            return failure;
        }

        await using (file)
        {
            using var reader = new StreamReader(file, Encoding.UTF8);
            return new FileText(await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false));
        }
    }
}
