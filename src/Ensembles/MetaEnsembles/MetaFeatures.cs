using System.Buffers;
using System.Globalization;
using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.MetaEnsembles;

/// <summary>
/// What the final learner of a stack is given: of each member its prediction, the probability of the second of two classes, or those of
/// all of more classes.
/// </summary>
/// <param name="rowCount">The number of training rows.</param>
/// <param name="memberCount">The number of members.</param>
/// <param name="outputNames">The names of the outputs of a member.</param>
internal sealed class MetaFeatures(int rowCount, int memberCount, IReadOnlyList<string> outputNames)
{
    // Rows that pass one member after the other together.
    private const int BlockRows = 512;

    private readonly double[][] _columns =
        [.. Enumerable.Range(0, memberCount * Kept(outputNames.Count)).Select(_ => new double[rowCount])];

    /// <summary>How many of the outputs of a member are given: the first of two follows from the second.</summary>
    public static int Kept(int outputCount) => outputCount == 2 ? 1 : outputCount;

    /// <summary>Writes what a member predicts of some rows.</summary>
    /// <param name="member">The number of the member.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="outputs">Rows × outputs.</param>
    public void Write(int member, int[] rows, double[] outputs)
    {
        int width = outputNames.Count;
        int kept = Kept(width);
        for (int i = 0; i < rows.Length; i++)
        {
            for (int k = 0; k < kept; k++)
            {
                _columns[(member * kept) + k][rows[i]] = outputs[(i * width) + width - kept + k];
            }
        }
    }

    /// <summary>The table of what was written, and of the features where they are passed through.</summary>
    public FeatureTable ToTable(FeatureTable features, bool passthrough)
    {
        var builder = new FeatureTableBuilder();
        int kept = Kept(outputNames.Count);
        for (int c = 0; c < _columns.Length; c++)
        {
            builder.Numeric(NameOf(c / kept, outputNames[outputNames.Count - kept + (c % kept)], features.Schema), _columns[c]);
        }

        for (int c = 0; c < features.ColumnCount && passthrough; c++)
        {
            double[] cells = features.Column(c);
            Feature feature = features.Schema[c];
            if (feature.IsCategorical)
            {
                builder.Categorical(feature.Name, feature.Categories, Array.ConvertAll(cells, cell => double.IsNaN(cell) ? -1 : (int)cell));
            }
            else
            {
                builder.Numeric(feature.Name, cells);
            }
        }

        return builder.Build();
    }

    /// <summary>Predicts rows by members and, on what they say, by the final model.</summary>
    /// <param name="members">The members.</param>
    /// <param name="final">The final model.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="output">Rows × outputs, to be overwritten.</param>
    /// <param name="raw">Whether the raw scores of the final model are asked for.</param>
    public static void Predict(Model[] members, Model final, in RowSet rows, Span<double> output, bool raw)
    {
        int blockRows = Math.Min(rows.Count, BlockRows);
        int width = members[0].OutputCount;
        int kept = Kept(width);
        int metaWidth = final.Schema.Count;
        int perRow = raw ? final.RawScoreCount : final.OutputCount;
        double[] rented = ArrayPool<double>.Shared.Rent(blockRows * (metaWidth + width));
        for (int first = 0; first < rows.Count; first += blockRows)
        {
            int count = Math.Min(blockRows, rows.Count - first);
            RowSet block = rows.Slice(first, count);
            Span<double> meta = rented.AsSpan(0, count * metaWidth);
            Span<double> said = rented.AsSpan(blockRows * metaWidth, count * width);
            for (int m = 0; m < members.Length; m++)
            {
                members[m].PredictBlock(block, said);
                for (int k = 0; k < kept; k++)
                {
                    Span<double> column = meta.Slice(((m * kept) + k) * count, count);
                    for (int r = 0; r < count; r++)
                    {
                        column[r] = said[(r * width) + width - kept + k];
                    }
                }
            }

            int passed = members.Length * kept;
            for (int c = passed; c < metaWidth; c++)
            {
                block.CopyDoubles(c - passed, meta.Slice(c * count, count));
            }

            var columns = new RowSet([], meta, metaWidth, count, rowStride: 1, columnStride: count);
            Span<double> target = output.Slice(first * perRow, count * perRow);
            if (raw)
            {
                final.ScoreBlock(columns, target);
            }
            else
            {
                final.PredictBlock(columns, target);
            }
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>The name of a meta feature, none that a feature has.</summary>
    private static string NameOf(int member, string output, FeatureSchema schema)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"member {member}: {output}");
        while (schema.IndexOf(name) >= 0)
        {
            name += "'";
        }

        return name;
    }
}
