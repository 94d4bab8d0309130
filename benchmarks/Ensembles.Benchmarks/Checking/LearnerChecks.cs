using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.NewtonBoosting;
using Ensembles.Peers.Measuring;
using Ensembles.Peers.Prediction;
using Ensembles.Prediction;
using Ensembles.RandomForests;

namespace Ensembles.Benchmarks.Checking;

/// <summary>Training and prediction as a whole: against the plain loop, one thread, fewer rows, and XGBoost where it is installed.</summary>
internal sealed class LearnerChecks
{
    private const int Columns = 28;
    private const int BatchRows = 20_000;

    private readonly bool _isShort;
    private readonly int _rows;
    private readonly int _rounds;
    private readonly Rows _large;
    private readonly Rows _small;
    private readonly Rows _fewValues;
    private readonly NewtonBoostingClassifier _recipe;
    private readonly NewtonBoostingClassificationModel _model;
    private readonly TreeEnsemble _ensemble;
    private readonly float[] _batch;
    private readonly double[] _sums = new double[BatchRows];

    public LearnerChecks(bool isShort)
    {
        _isShort = isShort;
        _rows = isShort ? 100_000 : 1_000_000;
        _rounds = isShort ? 10 : 30;
        _recipe = new NewtonBoostingClassifier { Rounds = _rounds, MaxDepth = null, MaxLeaves = 31, GrowthPolicy = GrowthPolicy.LeafWise };
        _large = GeneratedRows.TwoClasses(_rows, Columns, seed: 1);
        _small = _large.Slice(0, _rows / 10);
        _fewValues = GeneratedRows.FewValues(_rows / 2, 1, Columns, seed: 1).Train;
        _model = (_recipe with { Rounds = 100 }).Fit(_small.Classification(_small.Table()));
        _ensemble = _model.Boosted.Ensemble;
        _batch = RowMajor(_large, BatchRows);
    }

    public IEnumerable<Check> All()
    {
        yield return Check.AtLeast("batch prediction", "plain loop / compiled, 100 trees of 31 leaves", 4, PlainLoop, Compiled);
        yield return Check.AtLeast("columns of few values", "columns of 255 bins / of 2 to 50", 1.1, () => Fit(_large.Slice(0, _rows / 2), 1), () => Fit(_fewValues, 1));
        yield return Check.AtLeast("the second thread", "one thread / two", 1.2, () => Fit(_large, 1), () => Fit(_large, 2)) with
        {
            IsOnTheWall = true,

            // Somebody else's work on the other processor says nothing about ours.
            NotHere = Environment.ProcessorCount < 2 ? "one processor" : _isShort ? "needs a quiet machine and the full check" : null,
        };
        yield return Check.AtMost("rows", "ten times the rows / the rows", 14, () => Fit(_small, 1), () => Fit(_large, 1));
        yield return Check.Counted("memory of prediction", "bytes allocated by 20,000 rows", 0, () => Allocated(Compiled));
        yield return Check.Counted("memory of a row", "bytes allocated by 1000 single rows", 0, () => Allocated(SingleRows));
        yield return Check.Counted("memory of training", "bytes allocated a tree of 31 leaves", 100_000, BytesPerTree);
        bool hasXGBoost = XGBoostLibrary.TryLoad();
        float[] cells = hasXGBoost ? RowMajor(_large, _rows) : [];
        float[] target = Array.ConvertAll(_large.Target, value => (float)value);
        yield return Check.AtLeast(
            $"XGBoost{(hasXGBoost ? $" {XGBoostLibrary.Version()}" : string.Empty)}",
            "its hist / ours, binning and training, one thread",
            1.3,
            () => XGBoost(cells, target),
            () => Fit(_large, 1)) with
        {
            NotHere = hasXGBoost ? null : "libxgboost is not installed",
        };
    }

    private static float[] RowMajor(Rows rows, int count)
    {
        var cells = new float[count * Columns];
        for (int c = 0; c < Columns; c++)
        {
            for (int r = 0; r < count; r++)
            {
                cells[(r * Columns) + c] = rows.Cells[c][r];
            }
        }

        return cells;
    }

    private static double Allocated(Action body)
    {
        body();
        long before = GC.GetAllocatedBytesForCurrentThread();
        body();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private void Fit(Rows rows, int threads) => Fit(rows, threads, _rounds);

    private void Fit(Rows rows, int threads, int rounds) =>
        (_recipe with { Rounds = rounds }).Fit(rows.Classification(rows.Table()), new FitOptions { Threads = threads });

    private double BytesPerTree()
    {
        double Bytes(int rounds)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Fit(_small, 1, rounds);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        const int few = 10;
        const int many = 60;
        Bytes(few);
        return (Bytes(many) - Bytes(few)) / (many - few);
    }

    private void PlainLoop()
    {
        Array.Clear(_sums);
        Prediction.PlainLoop.Add([.. _ensemble.Parts], new RowSet(_batch, Columns), 1, _sums);
    }

    private void Compiled()
    {
        Array.Clear(_sums);
        _ensemble.Add(new RowSet(_batch, Columns), _sums);
    }

    private void SingleRows()
    {
        for (int r = 0; r < 1000; r++)
        {
            _ensemble.Add(new RowSet(_batch.AsSpan(r * Columns, Columns), Columns), _sums.AsSpan(0, 1));
        }
    }

    private void XGBoost(float[] cells, float[] target)
    {
        using var model = new XGBoostModel(
            cells,
            Columns,
            target,
            _rounds,
            [
                ("objective", "binary:logistic"), ("tree_method", "hist"), ("grow_policy", "lossguide"), ("max_depth", "0"),
                ("max_leaves", "31"), ("max_bin", "255"), ("eta", "0.1"), ("nthread", "1"), ("verbosity", "0"),
            ]);
    }
}
