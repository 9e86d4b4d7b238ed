using System.Globalization;
using System.Text;
using System.Xml;
using IndustryBrain.Sdk;

namespace IndustryBrain.Cli.Testing;

/// <summary>Writes outcomes as JUnit XML, which CI systems show.</summary>
internal static class JUnitFile
{
    /// <summary>Writes the file; IB7223 when that is not possible.</summary>
    public static Failure? Write(string path, IReadOnlyList<ScenarioOutcome> scenarios)
    {
        try
        {
            using var writer = XmlWriter.Create(path, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) });
            writer.WriteStartElement("testsuites");
            Count(writer, scenarios.SelectMany(s => s.Fixtures));
            foreach (var scenario in scenarios)
            {
                writer.WriteStartElement("testsuite");
                writer.WriteAttributeString("name", Fit(scenario.Name));
                Count(writer, scenario.Fixtures);
                foreach (var fixture in scenario.Fixtures)
                {
                    Write(writer, scenario.Name, fixture);
                }

                writer.WriteEndElement();
            }

            writer.WriteEndElement();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return CliFailures.FileNotWritable(path);
        }
    }

    private static void Count(XmlWriter writer, IEnumerable<FixtureOutcome> fixtures)
    {
        var all = fixtures.ToList();
        writer.WriteAttributeString("tests", Number(all.Count));
        writer.WriteAttributeString("failures", Number(all.Count(f => f.Problem is null && !f.Passed)));
        writer.WriteAttributeString("errors", Number(all.Count(f => f.Problem is not null)));
        writer.WriteAttributeString("time", Seconds(all.Aggregate(TimeSpan.Zero, (sum, f) => sum + f.Duration)));
    }

    private static void Write(XmlWriter writer, string scenario, FixtureOutcome fixture)
    {
        writer.WriteStartElement("testcase");
        writer.WriteAttributeString("classname", Fit(scenario));
        writer.WriteAttributeString("name", Fit(fixture.Name));
        writer.WriteAttributeString("time", Seconds(fixture.Duration));
        if (fixture.Problem is { } problem)
        {
            writer.WriteStartElement("error");
            writer.WriteAttributeString("type", problem.Code);
            writer.WriteAttributeString("message", Fit(problem.Message.ToString()));
            writer.WriteEndElement();
        }
        else if (!fixture.Passed)
        {
            writer.WriteStartElement("failure");
            writer.WriteAttributeString("message", Fit(fixture.Differences[0].ToString()));
            writer.WriteString(Fit(string.Join('\n', fixture.Differences)));
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    // XML has no way to write most control characters.
    private static string Fit(string text) => string.Concat(text.EnumerateRunes().Where(r => r.Value is '\t' or '\n' or '\r' or (>= ' ' and not (0xFFFE or 0xFFFF))));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
