using System.Globalization;
using System.Text;
using CsvHelper.Configuration;
using Ensembles.Data;
using Ensembles.Data.Reading;
using FsCheck;
using FsCheck.Fluent;

namespace Ensembles.Tests.Data.Reading;

public class CsvParserTests
{
    private static readonly CsvOptions Plain = new() { TrimSpaces = false };

    [Theory]
    [InlineData("a,b\r\nc,d\r\n", "a|b", "c|d")]
    [InlineData("a,b\nc,d", "a|b", "c|d")]
    [InlineData("a,b\rc,d\r", "a|b", "c|d")]
    [InlineData("a,b\n\n\r\n\rc,d\n\n", "a|b", "c|d")]
    [InlineData("a,\n,b\n,", "a|", "|b", "|")]
    [InlineData("\"a\",\"b\"\n", "a|b")]
    [InlineData("\"a,1\",\"b\"\"c\"\"\",\"\"\"\"\n", "a,1|b\"c\"|\"")]
    [InlineData("\"a\r\nb\",\"c\nd\"\r\ne,f", "a\r\nb|c\nd", "e|f")]
    [InlineData("\"\",a\n\"\"\n", "|a", "")]
    [InlineData(" a , b\t\n", " a | b\t")]
    [InlineData("a\n\"b\"", "a", "b")]
    [InlineData("ä,日本,😀\n", "ä|日本|😀")]
    public void Records_and_fields_are_those_of_RFC_4180(string text, params string[] records)
    {
        Parse(text, Plain).Select(fields => string.Join('|', fields)).Should().Equal(records);
    }

    [Theory]
    [InlineData(" a ,\tb\t\n", "a|b")]
    [InlineData(" \" a \" , \"b\" \n", " a |b")]
    [InlineData("  ,\t\n", "|")]
    [InlineData("a,b\n   \nc,d\n", "a|b", "c|d")]
    public void Spaces_around_fields_are_trimmed_outside_quotes(string text, params string[] records)
    {
        Parse(text, new CsvOptions()).Select(fields => string.Join('|', fields)).Should().Equal(records);
    }

    [Fact]
    public void A_delimiter_of_space_or_tab_parts_fields_even_when_spaces_are_trimmed()
    {
        Parse("a\t\tb\n", new CsvOptions { Delimiter = '\t' }).Should().BeEquivalentTo([new[] { "a", "", "b" }]);
        Parse("a b\n", new CsvOptions { Delimiter = ' ' }).Should().BeEquivalentTo([new[] { "a", "b" }]);
    }

    [Fact]
    public void Another_quote_or_none_can_be_chosen()
    {
        Parse("'a;b';\"c\n", new CsvOptions { Delimiter = ';', Quote = '\'' }).Should().BeEquivalentTo([new[] { "a;b", "\"c" }]);
        Parse("\"a,5\",b\n", new CsvOptions { Quote = null }).Should().BeEquivalentTo([new[] { "\"a", "5\"", "b" }]);
    }

    [Fact]
    public void Lines_are_counted_as_an_editor_counts_them()
    {
        const string Text = "a,b\r\n\n\"x\r\ny\n\",\"z\rz\"\rc,d\n";
        var parser = new CsvParser(TextSource.From(new StringReader(Text)), Plain);
        parser.ReadRecord().Should().BeTrue();
        parser.RecordLine.Should().Be(1);
        parser.ReadRecord().Should().BeTrue();
        parser.RecordLine.Should().Be(3);
        parser.LineOf(0).Should().Be(3);
        parser.LineOf(1).Should().Be(5);
        parser.ReadRecord().Should().BeTrue();
        parser.RecordLine.Should().Be(7);
        parser.ReadRecord().Should().BeFalse();
    }

    // The buffer holds 65,536 characters at first: fields, quotes, doubled quotes and line ends must be able to sit on its end, and a
    // record must be able to outgrow it. A reader that gives one or seven characters at a time stops everywhere else.
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public void Nothing_depends_on_where_the_buffer_ends(int chunk)
    {
        for (int padding = 65_520; padding <= 65_540; padding += chunk == int.MaxValue ? 1 : 10)
        {
            string first = new('p', padding);
            string text = $"{first},\"q\"\"r\r\ns\"\r\n\"{new string('"', 2)}{new string('t', 200_000)}\",u\r\nv,w";
            List<string[]> records = [];
            var parser = new CsvParser(TextSource.From(new ChunkedReader(text, chunk)), Plain);
            while (parser.ReadRecord())
            {
                records.Add(Fields(parser));
            }

            records.Should().HaveCount(3);
            records[0].Should().Equal(first, "q\"r\r\ns");
            records[1].Should().Equal("\"" + new string('t', 200_000), "u");
            records[2].Should().Equal("v", "w");
            parser.LineOf(0).Should().Be(4);
        }
    }

    [Fact]
    public void Any_cells_written_with_quotes_are_read_back()
    {
        Gen<string> cell = Gen.Elements('a', 'b', '"', ',', '\r', '\n', ' ', '\t', '1', 'é', '\0').ArrayOf().Select(cs => new string(cs));
        Gen<string[][]> table =
            from columns in Gen.Choose(1, 5)
            from rows in Gen.Choose(1, 6)
            from cells in cell.ArrayOf(columns).ArrayOf(rows)
            select cells;
        Gen<(string[][] Cells, string LineEnd)> file =
            from cells in table
            from end in Gen.Elements("\r\n", "\n", "\r")
            select (cells, end);
        Prop.ForAll(file.ToArbitrary(), f =>
        {
            string text = string.Concat(f.Cells.Select(row => string.Join(',', row.Select(Quoted)) + f.LineEnd));
            List<string[]> read = Parse(text, new CsvOptions());
            return read.Count == f.Cells.Length && read.Zip(f.Cells).All(rows => rows.First.SequenceEqual(rows.Second));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithReplay(20260101, 77));
    }

    [Fact]
    public void Nasty_files_are_read_as_CsvHelper_reads_them()
    {
        string[] pieces = ["a", "bc", ",", "\"", "\n", "\r\n", "\r", " ", "\t", "é", "12.5", ";", "😀", "''"];
        string[] ends = ["\n", "\r\n", "\r"];
        var random = new Random(7);
        for (int file = 0; file < 300; file++)
        {
            var text = new StringBuilder();
            string end = ends[file % ends.Length];
            int columns = random.Next(2, 6);
            for (int row = random.Next(1, 8); row > 0; row--)
            {
                for (int c = 0; c < columns; c++)
                {
                    string cell = string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => pieces[random.Next(pieces.Length)]));
                    bool quote = cell.AsSpan().ContainsAny(",\"\r\n") || random.Next(3) == 0;
                    text.Append(c == 0 ? string.Empty : ",").Append(quote ? Quoted(cell) : cell);
                }

                text.Append(row == 1 && random.Next(2) == 0 ? string.Empty : end);
                text.Append(row > 1 && random.Next(6) == 0 ? end : string.Empty);
            }

            Parse(text.ToString(), Plain).Should().BeEquivalentTo(
                ParseWithCsvHelper(text.ToString()), options => options.WithStrictOrdering(), "of {0}", text);
        }
    }

    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static List<string[]> Parse(string text, CsvOptions options)
    {
        var parser = new CsvParser(TextSource.From(new StringReader(text)), options);
        List<string[]> records = [];
        while (parser.ReadRecord())
        {
            records.Add(Fields(parser));
        }

        return records;
    }

    private static string[] Fields(CsvParser parser)
    {
        var fields = new string[parser.FieldCount];
        for (int c = 0; c < fields.Length; c++)
        {
            fields[c] = parser[c].ToString();
        }

        return fields;
    }

    private static List<string[]> ParseWithCsvHelper(string text)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { HasHeaderRecord = false };
        using var parser = new CsvHelper.CsvParser(new StringReader(text), configuration);
        List<string[]> records = [];
        while (parser.Read())
        {
            records.Add(parser.Record!);
        }

        return records;
    }

    private sealed class ChunkedReader(string text, int chunk) : TextReader
    {
        private int _position;

        public override int Read(Span<char> buffer)
        {
            int count = Math.Min(Math.Min(chunk, buffer.Length), text.Length - _position);
            text.AsSpan(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }
    }
}
