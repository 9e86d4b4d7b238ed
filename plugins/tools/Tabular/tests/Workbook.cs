using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace IndustryBrain.Plugins.Tabular.Tests;

/// <summary>Makes the smallest workbooks. Numbers are numbers, what begins with d is a date serial, with # an error, all else is text.</summary>
internal static class Workbook
{
    public static byte[] Of(params string[][] rows) => OfSheets(rows);

    /// <summary>A workbook with several sheets.</summary>
    public static byte[] OfSheets(params string[][][] sheets)
    {
        const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const string Sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
        var numbers = Enumerable.Range(1, sheets.Length).ToArray();
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", $"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>{string.Concat(numbers.Select(n => $"<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"{Sheet}\"/>"))}<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>");
            Add(zip, "_rels/.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            Add(zip, "xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>{string.Concat(numbers.Select(n => $"<sheet name=\"数据{(n == 1 ? "" : n)}\" sheetId=\"{n}\" r:id=\"r{n}\"/>"))}</sheets></workbook>");
            Add(zip, "xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(numbers.Select(n => $"<Relationship Id=\"r{n}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"))}<Relationship Id=\"r0\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/></Relationships>");
            Add(zip, "xl/styles.xml", $"<styleSheet xmlns=\"{Main}\"><fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\"/></cellStyleXfs><cellXfs count=\"2\"><xf numFmtId=\"0\" xfId=\"0\"/><xf numFmtId=\"14\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>");
            foreach (var n in numbers)
                Add(zip, $"xl/worksheets/sheet{n}.xml", $"<worksheet xmlns=\"{Main}\"><sheetData>{Rows(sheets[n - 1])}</sheetData></worksheet>");
        }

        return stream.ToArray();
    }

    private static StringBuilder Rows(string[][] rows)
    {
        var sheet = new StringBuilder();
        for (var r = 0; r < rows.Length; r++)
        {
            // As spreadsheet programs do, a row without cells is left out.
            if (rows[r].Length == 0)
            {
                continue;
            }

            sheet.Append(CultureInfo.InvariantCulture, $"<row r=\"{r + 1}\">");
            for (var c = 0; c < rows[r].Length; c++)
            {
                var (reference, text) = ($"{(char)('A' + c)}{r + 1}", rows[r][c]);
                sheet.Append(text switch
                {
                    "" => "",
                    _ when text[0] == 'd' && double.TryParse(text[1..], CultureInfo.InvariantCulture, out _) => $"<c r=\"{reference}\" s=\"1\"><v>{text[1..]}</v></c>",
                    _ when double.TryParse(text, CultureInfo.InvariantCulture, out _) => $"<c r=\"{reference}\"><v>{text}</v></c>",
                    _ when text[0] == '#' => $"<c r=\"{reference}\" t=\"e\"><v>{text}</v></c>",
                    _ => $"<c r=\"{reference}\" t=\"inlineStr\"><is><t>{text}</t></is></c>",
                });
            }

            sheet.Append("</row>");
        }

        return sheet;
    }

    private static void Add(ZipArchive zip, string name, string content)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
        writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>" + content);
    }
}
