using System.Text.Encodings.Web;
using Fluid;
using Fluid.Ast;
using Fluid.Values;
using IndustryBrain.Expressions.CSharp;

namespace IndustryBrain.Expressions.Liquid;

/// <summary>Puts bounded statements in place of those that make much out of little where no limit of Fluid is looked at.</summary>
internal sealed class TemplateGuard(ExpressionLimits limits) : AstRewriter
{
    protected override Expression VisitRangeExpression(RangeExpression rangeExpression)
    {
        var rewritten = (RangeExpression)base.VisitRangeExpression(rangeExpression);
        return new BoundedRange(rewritten.From, rewritten.To, limits.MaxElements / 4);
    }

    protected override Statement VisitCaptureStatement(CaptureStatement captureStatement)
    {
        var rewritten = (CaptureStatement)base.VisitCaptureStatement(captureStatement);
        return new BoundedCapture(rewritten.Identifier, rewritten.Statements, limits.MaxElements);
    }

    protected override Statement VisitForStatement(ForStatement forStatement) => new TimedStatement(base.VisitForStatement(forStatement));

    protected override Expression VisitAddBinaryExpression(Fluid.Ast.BinaryExpressions.AddBinaryExpression addBinaryExpression) =>
        new BoundedSum(base.VisitAddBinaryExpression(addBinaryExpression), limits.MaxElements / 4);

    private sealed class BoundedRange(Expression from, Expression to, int limit) : Expression
    {
        public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
        {
            var (first, last) = ((await from.EvaluateAsync(context).ConfigureAwait(false)).ToNumberValue(), (await to.EvaluateAsync(context).ConfigureAwait(false)).ToNumberValue());
            if (last - first >= limit)
                throw new TextTooLongException();
            var (start, count) = ((int)decimal.Truncate(first), Math.Max(0, (int)decimal.Truncate(last) - (int)decimal.Truncate(first) + 1));
            return new ArrayValue([.. Enumerable.Range(start, count).Select(static i => (FluidValue)NumberValue.Create(i))]);
        }
    }

    private sealed class BoundedSum(Expression sum, int limit) : Expression
    {
        public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
        {
            var value = await sum.EvaluateAsync(context).ConfigureAwait(false);
            LiquidFilters.Check(value, limit);
            return value;
        }
    }

    private sealed class BoundedCapture(string identifier, IReadOnlyList<Statement> statements, int limit) : Statement
    {
        public override async ValueTask<Completion> WriteToAsync(TextWriter output, TextEncoder encoder, TemplateContext context)
        {
            using var text = new BoundedWriter(limit, LiquidFilters.TokenOf(context));
            var completion = Completion.Normal;
            foreach (var statement in statements)
            {
                completion = await statement.WriteToAsync(text, encoder, context).ConfigureAwait(false);
                if (completion != Completion.Normal)
                    break;
            }

            context.SetValue(identifier, new StringValue(text.ToString()));
            return completion;
        }
    }

    private sealed class TimedStatement(Statement inner) : Statement
    {
        public override ValueTask<Completion> WriteToAsync(TextWriter output, TextEncoder encoder, TemplateContext context)
        {
            LiquidFilters.TokenOf(context).ThrowIfCancellationRequested();
            return inner.WriteToAsync(output, encoder, context);
        }
    }
}
