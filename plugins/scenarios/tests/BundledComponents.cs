using System.Reflection;
using IndustryBrain.Plugins.CarbonFootprint;
using IndustryBrain.Plugins.EmissionFactors;
using IndustryBrain.Plugins.Forecasting;
using IndustryBrain.Plugins.PriceAlerts;
using IndustryBrain.Plugins.PriceOutlook;
using IndustryBrain.Plugins.Tabular;
using IndustryBrain.Scenarios;
using IndustryBrain.Sdk;
using IndustryBrain.Sdk.Components;
using IndustryBrain.Sdk.Packaging;
using IndustryBrain.Sdk.Schemas;

namespace IndustryBrain.Plugins.Scenarios.Tests;

/// <summary>The components of the bundled plugins, described as their packages describe them.</summary>
internal sealed class BundledComponents : IComponentCatalog
{
    private readonly Dictionary<string, (Component Component, ComponentDescriptor Descriptor)> _byId = [];

    public BundledComponents()
    {
        Type[] entries = [typeof(Compute), typeof(Lookup), typeof(DoubleSmoothing), typeof(Threshold), typeof(Outlook), typeof(ReadSeries)];
        foreach (var type in entries.SelectMany(t => t.Assembly.GetExportedTypes()))
        {
            if (type.GetCustomAttribute<ComponentAttribute>() is { } declared)
            {
                var component = (Component)Activator.CreateInstance(type)!;
                _byId.Add(declared.Id, (component, new ComponentDescriptor(
                    declared.Id, component.Kind, new(declared.Zh, declared.En), new(declared.DescriptionZh, declared.DescriptionEn), declared.HasSideEffects, declared.IsDeterministic,
                    ComponentSchema.Of(component.InputType), ComponentSchema.Of(component.OutputType), (component as IHasView)?.View)));
            }
        }
    }

    public IEnumerable<string> Ids => _byId.Keys;

    public Component this[string id] => _byId[id].Component;

    public ComponentDescriptor? Find(string componentId) => _byId.TryGetValue(componentId, out var found) ? found.Descriptor : null;
}
