using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Learners;
using Ensembles.Numerics;
using Ensembles.Persistence;
using Ensembles.Prediction;
using Ensembles.Trees;

namespace Ensembles.IsolationForests;

/// <summary>
/// A trained isolation forest. The score of a row is s = 2^(−E/c(ψ)), E the mean length of its paths through the trees and c(ψ)
/// the mean length that is to be expected: in (0, 1], near 1 for anomalies, about 0.5 for the ordinary, less for rows in the
/// thick of the data (Liu, Ting and Zhou 2008, equation 2).
/// </summary>
/// <inheritdoc cref="Model"/>
public sealed class IsolationForestModel : Model, ITreeSumModel
{
    // ln 2, so that 2^x = e^(x·ln 2).
    internal const double Ln2 = 0.69314718055994530942;

    private readonly TreeEnsemble _ensemble;
    private readonly double _expectedLength;
    private readonly TrainingMark _training;

    internal IsolationForestModel(
        FeatureTable table, IsolationForest recipe, Tree[] trees, TreeStatistics[] statistics, double expectedLength, double threshold)
        : this(table.Schema, recipe with { TreeCount = trees.Length }, trees, statistics, expectedLength, threshold, TrainingMark.Of(table))
    {
    }

    internal IsolationForestModel(
        FeatureSchema schema,
        IsolationForest recipe,
        Tree[] trees,
        TreeStatistics[] statistics,
        double expectedLength,
        double threshold,
        TrainingMark training)
        : base(schema)
    {
        Recipe = recipe;
        Trees = Array.AsReadOnly(trees);
        Statistics = Array.AsReadOnly(statistics);
        Threshold = threshold;
        _ensemble = TreeEnsemble.OfValues(trees);
        _expectedLength = expectedLength;
        _training = training;
    }

    /// <summary>The recipe that gives the model, its tree count that of the trees.</summary>
    public IsolationForest Recipe { get; }

    /// <summary>The trees; the value of a leaf is the length of the path to it and on, as far as its rows were not parted.</summary>
    public IReadOnlyList<Tree> Trees { get; }

    /// <summary>What training knew of the trees.</summary>
    public IReadOnlyList<TreeStatistics> Statistics { get; }

    /// <summary>A row whose score is above this is an outlier.</summary>
    public double Threshold { get; }

    /// <summary>Loads an isolation forest that was saved by <see cref="Model.Save(string)"/>.</summary>
    /// <inheritdoc cref="Model.Load{TModel}(string, ModelLoadOptions?)"/>
    public static new IsolationForestModel Load(string path, ModelLoadOptions? options = null) => Load<IsolationForestModel>(path, options);

    /// <summary>Loads an isolation forest from a stream, plain or packed by gzip, which is read to its end and stays open.</summary>
    /// <inheritdoc cref="Model.Load{TModel}(Stream, ModelLoadOptions?)"/>
    public static new IsolationForestModel Load(Stream stream, ModelLoadOptions? options = null) => Load<IsolationForestModel>(stream, options);

    /// <summary>c(ψ), by which path lengths are divided.</summary>
    internal double ExpectedLength => _expectedLength;

    internal TrainingMark Training => _training;

    internal override int OutputCount => 1;

    internal override IBatchPrediction Batches => _ensemble;

    /// <summary>The anomaly score of every row.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="threads">The most threads to use; null (default) for one a processor.</param>
    /// <returns>A score a row, in (0, 1]; high for anomalies.</returns>
    /// <exception cref="ArgumentException">The rows are not of the model's features.</exception>
    public double[] Scores(FeatureRows rows, int? threads = null)
    {
        double[] values = PredictRows(rows, threads);
        ToScores(values);
        return values;
    }

    /// <summary>The anomaly score of every row, written in their order.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="destination">One place a row.</param>
    /// <param name="threads">The most threads to use; with 1 (default) nothing is allocated.</param>
    /// <exception cref="ArgumentException">The rows are not of the model's features, or the destination has another length.</exception>
    public void Scores(FeatureRows rows, Span<double> destination, int threads = 1)
    {
        PredictRows(rows, destination, threads);
        ToScores(destination);
    }

    /// <summary>The anomaly score of one row or many; allocates nothing.</summary>
    /// <param name="rows">One row or many, row after row, in the order of the schema.</param>
    /// <param name="destination">One place a row.</param>
    /// <exception cref="ArgumentException">The cells make no whole rows, or the destination has another length.</exception>
    public void Scores(ReadOnlySpan<float> rows, Span<double> destination) => Scores((FeatureRows)rows, destination);

    /// <inheritdoc cref="Scores(ReadOnlySpan{float}, Span{double})"/>
    public void Scores(ReadOnlySpan<double> rows, Span<double> destination) => Scores((FeatureRows)rows, destination);

    /// <summary>The anomaly score of one row, in (0, 1]; high for anomalies.</summary>
    /// <param name="row">The features in the order of the schema.</param>
    /// <exception cref="ArgumentException">The row has another width than the model reads.</exception>
    public double Score(ReadOnlySpan<float> row) => ToScore(PathLength(row));

    /// <inheritdoc cref="Score(ReadOnlySpan{float})"/>
    public double Score(ReadOnlySpan<double> row) => ToScore(PathLength(row));

    /// <summary>Whether the score of a row is above the threshold.</summary>
    /// <param name="row">The features in the order of the schema.</param>
    /// <exception cref="ArgumentException">The row has another width than the model reads.</exception>
    public bool IsOutlier(ReadOnlySpan<float> row) => Score(row) > Threshold;

    /// <inheritdoc cref="IsOutlier(ReadOnlySpan{float})"/>
    public bool IsOutlier(ReadOnlySpan<double> row) => Score(row) > Threshold;

    /// <summary>Whether the score of each row is above the threshold.</summary>
    /// <param name="rows">The rows.</param>
    /// <exception cref="ArgumentException">The rows are not of the model's features.</exception>
    public bool[] AreOutliers(FeatureRows rows) => Array.ConvertAll(Scores(rows), score => score > Threshold);

    /// <summary>The mean number of splits that isolate each row, as far as trees end before: plus the expected rest.</summary>
    /// <param name="rows">The rows.</param>
    /// <exception cref="ArgumentException">The rows are not of the model's features.</exception>
    public double[] PathLengths(FeatureRows rows) => PredictRows(rows);

    /// <summary>The mean number of splits that isolate a row, as far as trees end before: plus the expected rest.</summary>
    /// <param name="row">The features in the order of the schema.</param>
    /// <exception cref="ArgumentException">The row has another width than the model reads.</exception>
    public double PathLength(ReadOnlySpan<float> row)
    {
        double length = 0;
        PredictRow(row, new Span<double>(ref length));
        return length;
    }

    /// <inheritdoc cref="PathLength(ReadOnlySpan{float})"/>
    public double PathLength(ReadOnlySpan<double> row)
    {
        double length = 0;
        PredictRow(row, new Span<double>(ref length));
        return length;
    }

    /// <summary>Grows more trees on the same rows: the model that the recipe gives with a greater tree count.</summary>
    /// <param name="table">The rows that the model was trained on.</param>
    /// <param name="more">How many trees to add, at least 1.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>A model of the trees so far and the new ones; this one is not changed.</returns>
    /// <exception cref="ArgumentException">The table has other columns or another number of rows than that of the training.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="more"/> is below 1.</exception>
    public IsolationForestModel Continue(
        FeatureTable table, int more, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(more, 1);
        _training.Check(table, Schema);
        return Recipe.Grow(table, _ensemble.Trees, Statistics, more, options ?? FitOptions.Default, cancellationToken);
    }

    /// <summary>The same forest with the threshold that a share of the rows lies above.</summary>
    internal IsolationForestModel WithThreshold(FeatureTable table, double share, int threads)
    {
        double[] scores = PredictRows(table, threads);
        ToScores(scores);
        Array.Sort(scores);

        // The quantile between two neighbouring scores is their linear interpolation.
        double place = (1 - share) * (scores.Length - 1);
        int below = (int)Math.Floor(place);
        double next = scores[Math.Min(below + 1, scores.Length - 1)];
        double threshold = scores[below] + ((place - below) * (next - scores[below]));
        return new IsolationForestModel(Schema, Recipe, _ensemble.Trees, [.. Statistics], _expectedLength, threshold, _training);
    }

    TreeSum ITreeSumModel.ToTreeSum() => TreeSum.OfMean(Schema, Trees, Statistics) with
    {
        OutputNames = ["path length"],
        Scale = ExplainedScale.Score,
    };

    internal override void PredictBlock(in RowSet rows, Span<double> output)
    {
        output.Clear();
        _ensemble.Add(rows, output);
        foreach (ref double length in output)
        {
            length /= Trees.Count;
        }
    }

    private void ToScores(Span<double> lengths)
    {
        foreach (ref double length in lengths)
        {
            length = ToScore(length);
        }
    }

    // A forest of one row expects a length of 0 and gives 0: that is what is to be expected.
    private double ToScore(double length) => _expectedLength == 0 ? 0.5 : DeterministicMath.Exp(-Ln2 * (length / _expectedLength));
}
