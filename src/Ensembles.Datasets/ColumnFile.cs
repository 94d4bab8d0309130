using System.IO.Compression;
using System.Text;
using Ensembles.Data;

namespace Ensembles.Datasets;

/// <summary>
/// Reads the embedded tables. Their format is described in <c>Data/make_data.py</c>, which writes them: one zlib stream of
/// typed columns, each cell exactly as in the source.
/// </summary>
internal sealed class ColumnFile
{
    private const int Version = 1;

    private readonly BinaryReader _reader;
    private readonly int _rowCount;

    private ColumnFile(BinaryReader reader)
    {
        _reader = reader;
        if (!reader.ReadBytes(4).AsSpan().SequenceEqual("ENSD"u8) || reader.ReadByte() != Version)
        {
            throw new InvalidDataException("An embedded data set does not start with its mark; the assembly is damaged.");
        }

        _rowCount = reader.ReadInt32();
    }

    private enum ColumnKind : byte
    {
        Decimal,
        Table,
        Category,
    }

    /// <summary>The table of this name and its class labels.</summary>
    public static ClassificationDataset ReadClassification(string name)
    {
        (FeatureTable features, TargetColumn target) = Read(name);
        return ClassificationDataset.FromIndices(features, new ClassLabels(target.Categories), target.Codes);
    }

    /// <summary>The table of this name and its numeric target.</summary>
    public static RegressionDataset ReadRegression(string name)
    {
        (FeatureTable features, TargetColumn target) = Read(name);
        return RegressionDataset.Create(features, target.Numbers);
    }

    private static (FeatureTable Features, TargetColumn Target) Read(string name)
    {
        using Stream resource = typeof(ColumnFile).Assembly.GetManifestResourceStream(name + ".bin")
            ?? throw new InvalidDataException($"The assembly has no embedded data set '{name}'.");
        using var unpacked = new ZLibStream(resource, CompressionMode.Decompress);
        using var reader = new BinaryReader(unpacked);
        return new ColumnFile(reader).ReadColumns();
    }

    private (FeatureTable Features, TargetColumn Target) ReadColumns()
    {
        int columnCount = _reader.ReadUInt16();
        int targetIndex = _reader.ReadUInt16();
        var builder = new FeatureTableBuilder();
        TargetColumn target = default;
        for (int c = 0; c < columnCount; c++)
        {
            string name = ReadText();
            var kind = (ColumnKind)_reader.ReadByte();
            if (kind == ColumnKind.Category)
            {
                string[] categories = ReadMany(_reader.ReadUInt16(), ReadText);
                int[] codes = ReadCodes();
                if (c == targetIndex)
                {
                    target = new TargetColumn([], categories, codes);
                }
                else
                {
                    builder.Categorical(name, categories, codes);
                }
            }
            else
            {
                double[] numbers = kind == ColumnKind.Decimal ? ReadDecimals() : ReadNumbers();
                if (c == targetIndex)
                {
                    target = new TargetColumn(numbers, [], []);
                }
                else
                {
                    AddNumeric(builder, name, numbers);
                }
            }
        }

        return (builder.Build(), target);
    }

    /// <summary>Four bytes a cell where that loses nothing, else eight.</summary>
    private static void AddNumeric(FeatureTableBuilder builder, string name, double[] numbers)
    {
        float[] narrow = Array.ConvertAll(numbers, number => (float)number);
        for (int r = 0; r < numbers.Length; r++)
        {
            if (!((double)narrow[r]).Equals(numbers[r]))
            {
                builder.Numeric(name, numbers);
                return;
            }
        }

        builder.Numeric(name, narrow);
    }

    private double[] ReadDecimals()
    {
        int scale = 1;
        for (int places = _reader.ReadByte(); places > 0; places--)
        {
            scale *= 10;
        }

        int offset = _reader.ReadInt32();
        return Array.ConvertAll(ReadCodes(), code => code < 0 ? double.NaN : ((double)offset + code) / scale);
    }

    private double[] ReadNumbers()
    {
        double[] values = ReadMany(_reader.ReadUInt16(), _reader.ReadDouble);
        return Array.ConvertAll(ReadCodes(), code => code < 0 ? double.NaN : values[code]);
    }

    /// <summary>One code a row; −1 where the cell is missing.</summary>
    private int[] ReadCodes()
    {
        int width = _reader.ReadByte();
        var codes = new int[_rowCount];
        for (int plane = 0; plane < width; plane++)
        {
            byte[] bytes = _reader.ReadBytes(_rowCount);
            for (int r = 0; r < codes.Length; r++)
            {
                codes[r] |= bytes[r] << (8 * plane);
            }
        }

        // At four bytes the mark is −1 already.
        int missing = width == 4 ? -1 : (1 << (8 * width)) - 1;
        return Array.ConvertAll(codes, code => code == missing ? -1 : code);
    }

    private string ReadText() => Encoding.UTF8.GetString(_reader.ReadBytes(_reader.ReadUInt16()));

    private static T[] ReadMany<T>(int count, Func<T> read)
    {
        var items = new T[count];
        for (int i = 0; i < count; i++)
        {
            items[i] = read();
        }

        return items;
    }

    private readonly record struct TargetColumn(double[] Numbers, string[] Categories, int[] Codes);
}
