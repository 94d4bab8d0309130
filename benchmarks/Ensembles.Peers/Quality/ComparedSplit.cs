using Ensembles.Data;
using Ensembles.Peers.Measuring;

namespace Ensembles.Peers.Quality;

/// <summary>
/// Rows to train on and rows to test by, drawn from a set by a seed (by classes where there are classes). All sides get the same cells,
/// rounded to float: numbers, and categories as codes.
/// </summary>
internal sealed class ComparedSplit
{
    private const int MostTrainRows = 3_000;
    private const int MostTestRows = 3_000;
    private const int LeastTrainRows = 500;

    // Columns and classes cost time as rows do.
    private const int MostCells = 300_000;

    private readonly FeatureSchema _schema;

    private ComparedSplit(FeatureSchema schema, Problem problem)
    {
        _schema = schema;
        Problem = problem;
    }

    public Problem Problem { get; }

    /// <summary>By column, the number of categories; 0 of numbers.</summary>
    public IEnumerable<int> Levels => _schema.Select(feature => feature.Categories.Count);

    public static ComparedSplit Draw(Dataset data, ulong seed) => data switch
    {
        ClassificationDataset classes => Draw(classes, seed),
        _ => Draw((RegressionDataset)data, seed),
    };

    /// <summary>One of the two parts as our learners take it.</summary>
    public ClassificationDataset Classification(Rows rows) => rows.Classification(Table(rows));

    /// <inheritdoc cref="Classification"/>
    public RegressionDataset Regression(Rows rows) => rows.Regression(Table(rows));

    public FeatureTable Table(Rows rows)
    {
        var builder = new FeatureTableBuilder();
        for (int c = 0; c < _schema.Count; c++)
        {
            Feature feature = _schema[c];
            float[] cells = rows.Cells[c];
            builder = feature.IsCategorical
                ? builder.Categorical(feature.Name, feature.Categories, Array.ConvertAll(cells, cell => float.IsNaN(cell) ? -1 : (int)cell))
                : builder.Numeric(feature.Name, cells);
        }

        return builder.Build();
    }

    private static ComparedSplit Draw(ClassificationDataset data, ulong seed)
    {
        (double train, double test) = Fractions(data, data.ClassCount);
        (ClassificationDataset first, ClassificationDataset rest) = data.SplitStratified(train, seed);
        ClassificationDataset second = test < 1 ? rest.SplitStratified(test, seed).First : rest;
        return new ComparedSplit(data.Schema, new Problem(Rows.Of(first), Rows.Of(second)));
    }

    private static ComparedSplit Draw(RegressionDataset data, ulong seed)
    {
        (double train, double test) = Fractions(data, 0);
        (RegressionDataset first, RegressionDataset rest) = data.Split(train, seed);
        RegressionDataset second = test < 1 ? rest.Split(test, seed).First : rest;
        return new ComparedSplit(data.Schema, new Problem(Rows.Of(first), Rows.Of(second)));
    }

    /// <summary>The share of the rows to train on, and the share of the others to test by.</summary>
    private static (double Train, double Test) Fractions(Dataset data, int classes)
    {
        int width = data.Features.ColumnCount * (classes > 2 ? classes : 1);
        int most = Math.Clamp(MostCells / width, LeastTrainRows, MostTrainRows);
        double train = Math.Min(2.0 / 3, (double)most / data.RowCount);
        double rest = (1 - train) * data.RowCount;
        return (train, Math.Min(1, MostTestRows / rest));
    }
}
