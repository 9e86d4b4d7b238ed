using System.Text;
using System.Text.Json.Nodes;
using IndustryBrain.Scenarios.Definitions;
using IndustryBrain.Scenarios.Definitions.Comparing;

namespace IndustryBrain.Scenarios.Tests;

/// <summary>What differs between two versions of a definition.</summary>
public sealed class ComparisonTests
{
    private static readonly string Ask = Activity("WriteLine", "ask", """ "text": { "typeName": "String", "expression": { "type": "Literal", "value": "How many?" } } """);
    private static readonly string Tell = Activity("WriteLine", "tell", """ "text": { "typeName": "String", "expression": { "type": "Literal", "value": "Thanks" } } """);
    private static readonly string Wait = Activity("Delay", "wait", """ "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "Literal", "value": "00:00:01" } } """);

    [Fact]
    public void Of_TheSameDefinitionUnderAnotherVersion_IsSame()
    {
        var again = Sequence(Ask, Tell).Replace("\"version\": 1, \"name\"", "\"version\": 9, \"createdAt\": \"2026-11-30T00:00:00Z\", \"name\"", StringComparison.Ordinal);

        Assert.True(Compare(Sequence(Ask, Tell), again).IsSame);
    }

    [Fact]
    public void Of_AddedAndRemovedActivities_NamesThem()
    {
        var changes = Compare(Sequence(Ask, Tell), Sequence(Ask, Wait)).Activities;

        Assert.Equal([(ChangeKind.Added, "wait", "Workflow1:root:wait"), (ChangeKind.Removed, "tell", "Workflow1:root:tell")], changes.Select(c => (c.Kind, c.ActivityId, c.NodeId)));
    }

    [Fact]
    public void Of_AChangedInput_HasItsValuesBeforeAndNow()
    {
        var change = Assert.Single(Compare(Sequence(Ask), Sequence(Ask.Replace("How many?", "How much?", StringComparison.Ordinal))).Activities);

        Assert.Equal((ChangeKind.Changed, "ask"), (change.Kind, change.ActivityId));
        var field = Assert.Single(change.Fields);
        Assert.Equal(("text", "How many?", "How much?"), (field.Field, field.Old?.GetString(), field.New?.GetString()));
    }

    [Fact]
    public void Of_AnInputInAnotherLanguage_HasTheExpressions()
    {
        var field = Assert.Single(Assert.Single(Compare(Sequence(Ask), Sequence(Ask.Replace("\"Literal\"", "\"JavaScript\"", StringComparison.Ordinal))).Activities).Fields);

        Assert.Equal(("Literal", "JavaScript"), (field.Old!.Value.GetProperty("type").GetString(), field.New!.Value.GetProperty("type").GetString()));
    }

    [Fact]
    public void Of_AnotherOrder_MovesAsFewAsCan()
    {
        var change = Assert.Single(Compare(Sequence(Ask, Tell, Wait), Sequence(Tell, Wait, Ask)).Activities);

        Assert.Equal((ChangeKind.Moved, "ask", "Workflow1:root 1", "Workflow1:root 3"), (change.Kind, change.ActivityId, change.MovedFrom, change.MovedTo));
    }

    [Fact]
    public void Of_AnActivityInAnotherContainer_IsMovedWithItsChanges()
    {
        var later = Tell.Replace("Thanks", "Bye", StringComparison.Ordinal);
        var changes = Compare(Sequence(Inner(), Tell), Sequence(Inner(later))).Activities;

        var change = Assert.Single(changes);
        Assert.Equal((ChangeKind.Moved, "Workflow1:root:inner:tell", "Workflow1:root 2", "Workflow1:root:inner 1"), (change.Kind, change.NodeId, change.MovedFrom, change.MovedTo));
        Assert.Equal("Bye", Assert.Single(change.Fields).New?.GetString());
    }

    [Fact]
    public void Of_Connections_NamesTheirEnds()
    {
        var changes = Compare(Flowchart(Arrow("ask", "Done", "tell")), Flowchart(Arrow("ask", "Done", "wait"))).Connections;

        Assert.Equal(
            [(ChangeKind.Added, "ask", "Done", "wait"), (ChangeKind.Removed, "ask", "Done", "tell")],
            changes.Select(c => (c.Kind, c.Source, c.Port!, c.Target)));
    }

    [Fact]
    public void Of_WhereActivitiesLieOnTheCanvas_SaysNothing()
    {
        var moved = Flowchart(Arrow("ask", "Done", "tell")).Replace("\"metadata\": {}", """ "metadata": { "designer": { "position": { "x": 10, "y": 20 } } } """, StringComparison.Ordinal);

        Assert.True(Compare(Flowchart(Arrow("ask", "Done", "tell")), moved).IsSame);
    }

    [Fact]
    public void Of_WhatIsDeclared_NamesInputsOutputsAndVariables()
    {
        var before = JsonNode.Parse(Sequence(Ask))!;
        before["inputs"] = JsonNode.Parse("""[{ "name": "a", "type": "String" }, { "name": "b", "type": "String" }]""");
        before["outputs"] = JsonNode.Parse("""[{ "name": "out", "type": "String" }]""");
        before["variables"] = JsonNode.Parse("""[{ "id": "v1", "name": "old", "typeName": "Int32", "value": "1" }]""");
        var later = before.DeepClone();
        later["inputs"] = JsonNode.Parse("""[{ "name": "b", "type": "Int32" }, { "name": "c", "type": "String" }]""");
        later["outputs"] = JsonNode.Parse("[]");
        later["variables"]![0]!["name"] = "now";
        later["name"] = "Other";

        var comparison = Compare(before.ToJsonString(), later.ToJsonString());

        Assert.Equal([(ChangeKind.Changed, "b"), (ChangeKind.Added, "c"), (ChangeKind.Removed, "a")], comparison.Inputs.Select(c => (c.Kind, c.Name)));
        Assert.Equal((ChangeKind.Removed, "out"), (comparison.Outputs[0].Kind, comparison.Outputs[0].Name));
        Assert.Equal((ChangeKind.Changed, "now", "name"), (comparison.Variables[0].Kind, comparison.Variables[0].Name, comparison.Variables[0].Fields[0].Field));
        Assert.Equal("name", Assert.Single(comparison.Settings).Field);
        Assert.Equal(6, comparison.Count);
    }

    [Fact]
    public void Of_AsManyActivitiesAsMayBe_MovesOne()
    {
        var many = Enumerable.Range(0, 1_990).Select(i => Ask.Replace("\"ask\"", $"\"a{i}\"", StringComparison.Ordinal)).ToArray();

        var changes = Compare(Sequence(many), Sequence([.. many.Skip(1), many[0]])).Activities;

        Assert.Equal("a0", Assert.Single(changes).ActivityId);
    }

    private static ScenarioComparison Compare(string from, string to) => ScenarioComparison.Of(Read(from), Read(to));

    private static ScenarioDefinition Read(string json) => ScenarioDefinition.Read(Encoding.UTF8.GetBytes(json)).Definition!;

    private static string Activity(string type, string id, string members) => $$"""{ "type": "Elsa.{{type}}", "id": "{{id}}", "version": 1, "customProperties": {}, "metadata": {}, {{members}} }""";

    private static string Inner(params string[] activities) => Activity("Sequence", "inner", $"\"activities\": [{string.Join(",", activities)}]");

    private static string Sequence(params string[] activities) => Document(Activity("Sequence", "root", $"\"activities\": [{string.Join(",", activities)}]"));

    private static string Flowchart(params string[] connections) => Document(Activity("Flowchart", "root", $"\"start\": \"ask\", \"activities\": [{Ask}, {Tell}, {Wait}], \"connections\": [{string.Join(",", connections)}]"));

    private static string Arrow(string source, string port, string target) => $$"""{ "source": { "activity": "{{source}}", "port": "{{port}}" }, "target": { "activity": "{{target}}", "port": "In" } }""";

    private static string Document(string root) => $$"""{ "definitionId": "d", "version": 1, "name": "d", "variables": [], "inputs": [], "outputs": [], "root": {{root}} }""";
}
