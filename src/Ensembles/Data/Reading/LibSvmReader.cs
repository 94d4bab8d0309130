using System.Globalization;
using System.Text;

namespace Ensembles.Data.Reading;

/// <summary>Reads the lines <c>label [qid:n] index:value … [# comment]</c> of LibSVM and SVMlight.</summary>
/// <remarks>The rows are kept as sparse as they come, and become dense columns when the last is read.</remarks>
internal sealed class LibSvmReader
{
    // A slip in one index must not make a table of two thousand million columns.
    private const int MaxIndex = 1 << 20;

    private readonly TextSource _source;
    private readonly LibSvmOptions _options;
    private readonly ColumnCollector? _labels;
    private readonly List<int> _indices = [];
    private readonly List<double> _values = [];
    private readonly List<int> _rowEnds = [];
    private int _largest = -1;
    private bool _hasZero;

    private LibSvmReader(TextSource source, LibSvmOptions options, ColumnCollector? labels)
    {
        _source = source;
        _options = options;
        _labels = labels;
    }

    public static FeatureTable ReadTable(TextSource source, LibSvmOptions? options)
    {
        using (source)
        {
            return new LibSvmReader(source, options ?? new LibSvmOptions(), labels: null).Read();
        }
    }

    public static ClassificationDataset ReadClassification(TextSource source, ClassLabels? classes, LibSvmOptions? options)
    {
        using (source)
        {
            var labels = new LabelCollector(classes, int.MaxValue);
            FeatureTable table = new LibSvmReader(source, options ?? new LibSvmOptions(), labels).Read();
            (ClassLabels found, int[] indices) = labels.ToLabels();
            return ClassificationDataset.FromIndices(table, found, indices);
        }
    }

    public static RegressionDataset ReadRegression(TextSource source, LibSvmOptions? options)
    {
        using (source)
        {
            var targets = new NumericTargetCollector();
            FeatureTable table = new LibSvmReader(source, options ?? new LibSvmOptions(), targets).Read();
            return RegressionDataset.Create(table, targets.Values);
        }
    }

    /// <summary>Opens a file for one of the methods above, which closes it.</summary>
    public static TextSource Open(string path, CancellationToken token) => TextSource.Open(path, StrictUtf8, token);

    /// <summary>Takes a stream for one of the methods above; it stays open.</summary>
    public static TextSource From(Stream stream, CancellationToken token) => TextSource.From(stream, StrictUtf8, token);

    private static UTF8Encoding StrictUtf8 => new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private FeatureTable Read()
    {
        int line = 1;
        for (; _source.ReadLine(line) is { } text; line++)
        {
            int comment = text.IndexOf('#', StringComparison.Ordinal);
            ReadOnlySpan<char> content = comment < 0 ? text : text.AsSpan(0, comment);
            if (!content.IsWhiteSpace())
            {
                ReadRow(content, line);
            }
        }

        return _rowEnds.Count > 0 ? ToTable() : throw new DataFormatException("there are no rows.", _source.Path, line: 1);
    }

    private void ReadRow(ReadOnlySpan<char> text, int line)
    {
        int position = 0;
        ReadLabel(Next(text, ref position), line);
        int previous = -1;
        for (ReadOnlySpan<char> pair = Next(text, ref position); !pair.IsEmpty; pair = Next(text, ref position))
        {
            int colon = pair.IndexOf(':');
            if (colon > 0 && pair[..colon] is "qid" && previous < 0)
            {
                continue;
            }

            int first = position - pair.Length + 1;
            if (colon < 0 || !int.TryParse(pair[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            {
                throw Error(line, first, $"{DataFormatException.Show(pair)} is not index:value.");
            }

            if (!NumberParser.TryParse(pair[(colon + 1)..], out double value))
            {
                throw Error(line, first, $"{DataFormatException.Show(pair[(colon + 1)..])} is not a number.", index);
            }

            CheckIndex(index, previous, line, first);
            previous = index;
            _largest = Math.Max(_largest, index);
            _hasZero |= index == 0;
            _indices.Add(index);
            _values.Add(value);
        }

        _rowEnds.Add(_indices.Count);
    }

    private void ReadLabel(ReadOnlySpan<char> text, int line)
    {
        // A number, so that +1, 1 and 1.0 are one class.
        string? problem = !NumberParser.TryParse(text, out double label)
            ? $"{DataFormatException.Show(text)} is not a number."
            : double.IsNaN(label) ? "the target is missing." : _labels?.AddNumber(label);
        if (problem is not null)
        {
            throw new DataFormatException(problem, _source.Path, line, "label");
        }
    }

    private void CheckIndex(int index, int previous, int line, int position)
    {
        if (index <= previous)
        {
            throw Error(line, position, FormattableString.Invariant($"index {index} comes after index {previous}; they must rise."), index);
        }

        if (index < _options.FirstIndex)
        {
            throw Error(line, position, "index 0 is before the first index, 1.", index);
        }

        int first = _options.FirstIndex ?? (_hasZero || index == 0 ? 0 : 1);
        int last = _options.FeatureCount is { } count ? first + count - 1 : MaxIndex;
        if (index > last)
        {
            string reason = _options.FeatureCount is null ? "the most that is read" : "the last of FeatureCount";
            throw Error(line, position, FormattableString.Invariant($"index {index} is above {last}, {reason}."), index);
        }
    }

    private FeatureTable ToTable()
    {
        int firstIndex = _options.FirstIndex ?? (_hasZero ? 0 : 1);
        int columnCount = _options.FeatureCount ?? (_largest - firstIndex + 1);
        if (columnCount < 1)
        {
            throw new DataFormatException("no row has a feature.", _source.Path, line: 1);
        }

        if (_largest - firstIndex >= columnCount)
        {
            // An index 0 came after the row that fits FeatureCount only where the first index is 1.
            string problem = FormattableString.Invariant($"index {_largest} is above {columnCount - 1}, the last of FeatureCount.");
            throw new DataFormatException(problem, _source.Path, line: null);
        }

        // Zeros and NaN are floats, so the listed values alone decide how wide a column must be.
        var isFloat = new bool[columnCount];
        Array.Fill(isFloat, value: true);
        for (int i = 0; i < _values.Count; i++)
        {
            isFloat[_indices[i] - firstIndex] &= (float)_values[i] == _values[i] || double.IsNaN(_values[i]);
        }

        ColumnData[] columns = Array.ConvertAll(isFloat, NewColumn);
        for (int row = 0, i = 0; row < _rowEnds.Count; row++)
        {
            for (; i < _rowEnds[row]; i++)
            {
                switch (columns[_indices[i] - firstIndex])
                {
                    case FloatColumn floats:
                        floats.Values[row] = (float)_values[i];
                        break;
                    case DoubleColumn doubles:
                        doubles.Values[row] = _values[i];
                        break;
                }
            }
        }

        var builder = new FeatureTableBuilder();
        for (int c = 0; c < columnCount; c++)
        {
            builder.Add(Feature.Numeric(FormattableString.Invariant($"x{c + firstIndex}")), columns[c]);
        }

        return builder.Build();
    }

    private ColumnData NewColumn(bool isFloat)
    {
        if (isFloat)
        {
            var floats = new float[_rowEnds.Count];
            Array.Fill(floats, _options.AbsentIsMissing ? float.NaN : 0);
            return new FloatColumn(floats);
        }

        var doubles = new double[_rowEnds.Count];
        Array.Fill(doubles, _options.AbsentIsMissing ? double.NaN : 0);
        return new DoubleColumn(doubles);
    }

    private DataFormatException Error(int line, int position, string problem, int? index = null) =>
        new(
            FormattableString.Invariant($"at character {position}, {problem}"),
            _source.Path,
            line,
            index is null ? null : FormattableString.Invariant($"x{index}"));

    /// <summary>The next part of a line between spaces, and the position behind it; empty at the end.</summary>
    private static ReadOnlySpan<char> Next(ReadOnlySpan<char> text, ref int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        int first = position;
        while (position < text.Length && !char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        return text[first..position];
    }
}
