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
    /// <param name="rows">Count × features, row after row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="output">Count × outputs, to be overwritten.</param>
    public static void Predict(Model[] members, Model final, ReadOnlySpan<double> rows, int count, Span<double> output)
    {
        const int BlockSize = 64;
        int features = rows.Length / count;
        int width = final.OutputCount;
        int kept = Kept(width);
        int metaWidth = final.Schema.Count;
        int passed = metaWidth - (members.Length * kept);
        double[] rented = ArrayPool<double>.Shared.Rent(BlockSize * (metaWidth + width));
        for (int first = 0; first < count; first += BlockSize)
        {
            int n = Math.Min(BlockSize, count - first);
            ReadOnlySpan<double> block = rows.Slice(first * features, n * features);
            Span<double> meta = rented.AsSpan(0, n * metaWidth);
            Span<double> said = rented.AsSpan(BlockSize * metaWidth, n * width);
            for (int m = 0; m < members.Length; m++)
            {
                members[m].PredictBlock(block, n, said);
                for (int r = 0; r < n; r++)
                {
                    said.Slice((r * width) + width - kept, kept).CopyTo(meta[((r * metaWidth) + (m * kept))..]);
                }
            }

            for (int r = 0; r < n && passed > 0; r++)
            {
                block.Slice(r * features, features).CopyTo(meta[(((r + 1) * metaWidth) - passed)..]);
            }

            final.PredictBlock(meta, n, output.Slice(first * width, n * width));
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
