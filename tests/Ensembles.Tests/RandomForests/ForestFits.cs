using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Numerics;
using Ensembles.RandomForests;
using Ensembles.Tests.Contracts;
using Ensembles.Trees;

namespace Ensembles.Tests.RandomForests;

/// <summary>Forests by histograms that take all ways through the search for splits: classes and numbers, counts and other weights.</summary>
internal static class ForestFits
{
    private const int Rows = 5_000;
    private const int Columns = 19;
    private const int Trees = 3;

    public static IReadOnlyList<(string Name, Func<FitOptions, Model> Fit)> All { get; } =
    [
        ("two classes", options => FitClasses(2, [], options)),
        ("two classes, weighted", options => FitClasses(2, Weights(), options)),
        ("ten classes", options => FitClasses(10, [], options)),
        ("ten classes, weighted", options => FitClasses(10, Weights(), options)),
        ("ten classes, rows that weigh much", options => FitClasses(10, HeavyWeights(), options)),
        ("twenty classes", options => FitClasses(20, [], options)),
        ("thirty classes", options => FitClasses(30, [], options)),
        ("numbers", options => FitNumbers([], options)),
        ("numbers, weighted", options => FitNumbers(Weights(), options)),
    ];

    /// <summary>A digest of all bits of the forests.</summary>
    public static string Fingerprint()
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((_, Func<FitOptions, Model> fit) in All)
        {
            digest.AppendData(MemoryMarshal.AsBytes(Fitted.Of(fit(new FitOptions { Threads = 2 })).TreeBits().AsSpan()));
        }

        return Convert.ToHexString(digest.GetHashAndReset());
    }

    private static ForestClassificationModel FitClasses(int classes, double[] weights, FitOptions options)
    {
        FeatureTable table = Table(out double[] signal);
        int[] labels = Array.ConvertAll(signal, value => (int)Math.Clamp(Math.Floor((value + 3) / 6 * classes), 0, classes - 1));
        ClassificationDataset data = ClassificationDataset.Create(table, labels);
        return new RandomForestClassifier { TreeCount = Trees, SplitMethod = SplitMethod.Histogram, EstimateOutOfBag = false, Seed = 3 }
            .Fit(weights.Length == 0 ? data : data.WithWeights(weights), options);
    }

    private static ForestRegressionModel FitNumbers(double[] weights, FitOptions options)
    {
        FeatureTable table = Table(out double[] signal);
        RegressionDataset data = RegressionDataset.Create(table, signal);
        return new RandomForestRegressor { TreeCount = Trees, SplitMethod = SplitMethod.Histogram, EstimateOutOfBag = false, Seed = 3 }
            .Fit(weights.Length == 0 ? data : data.WithWeights(weights), options);
    }

    private static double[] Weights()
    {
        var random = new RandomStream(2);
        return [.. Enumerable.Range(0, Rows).Select(_ => 0.1 + random.NextDouble())];
    }

    /// <summary>Whole numbers, most of them small.</summary>
    private static double[] HeavyWeights()
    {
        var random = new RandomStream(4);
        return [.. Enumerable.Range(0, Rows).Select(_ => 1.0 + random.NextInt(random.NextInt(8) == 0 ? 300 : 2))];
    }

    /// <summary>Columns of many values and of few, one with missing cells; the signal is a sum of some and noise.</summary>
    private static FeatureTable Table(out double[] signal)
    {
        var random = new RandomStream(1);
        var cells = new double[Columns][];
        signal = new double[Rows];
        for (int c = 0; c < Columns; c++)
        {
            cells[c] = new double[Rows];
            for (int r = 0; r < Rows; r++)
            {
                double cell = c % 4 == 3 ? random.NextInt(7) - 3 : random.NextGaussian();
                signal[r] += c < 4 ? cell / 2 : c == 4 ? cell / 3 : 0;
                cells[c][r] = c == 5 && random.NextInt(20) == 0 ? double.NaN : cell;
            }
        }

        return FeatureTable.FromColumns(cells);
    }
}
