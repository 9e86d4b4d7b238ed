using IndustryBrain.Sdk.Packaging;

namespace IndustryBrain.Scenarios;

/// <summary>The components that are installed, by id.</summary>
public interface IComponentCatalog
{
    /// <summary>The component with <paramref name="componentId"/>, or null when none is installed.</summary>
    ComponentDescriptor? Find(string componentId);
}
