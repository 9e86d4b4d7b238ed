using IndustryBrain.Sdk.Views;

namespace IndustryBrain.Sdk.Components;

/// <summary>A business task with a view that the host renders from data.</summary>
/// <typeparam name="TInput">Input record.</typeparam>
/// <typeparam name="TOutput">Output record; the view points into it.</typeparam>
public abstract class ApplicationComponent<TInput, TOutput> : Component<TInput, TOutput>, IHasView
    where TInput : notnull
    where TOutput : notnull
{
    /// <inheritdoc />
    public sealed override ComponentKind Kind => ComponentKind.Application;

    /// <inheritdoc />
    public abstract View View { get; }
}

/// <summary>A component that declares a view of its output.</summary>
public interface IHasView
{
    /// <summary>The view; the same for every call.</summary>
    View View { get; }
}
