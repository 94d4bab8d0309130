using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.NewtonBoosting;
using Ensembles.Numerics;
using Ensembles.Tests.Contracts;

namespace Ensembles.Tests.NewtonBoosting;

/// <summary>Data and recipes that have something of everything that could move a bit of a model.</summary>
internal static class NewtonFits
{
    /// <summary>More than one block of rows.</summary>
    public const int ManyRows = 70_001;

    public static IReadOnlyList<Learner> Recipes { get; } =
    [
        new NewtonBoostingClassifier
        {
            Rounds = 2,
            Subsample = 0.8,
            ColumnSampleByTree = 0.9,
            ColumnSampleByLevel = 0.9,
            ColumnSampleByNode = 0.9,
        },
        new NewtonBoostingRegressor { Rounds = 3, GrowthPolicy = GrowthPolicy.LeafWise, MaxDepth = null, MaxLeaves = 40 },
        new NewtonBoostingRegressor { Rounds = 2, Subsample = 0.6, L1 = 0.5, MaxDepth = 5, MinSamplesLeaf = 40 },
        new NewtonBoostingClassifier { Rounds = 1, MinSamplesLeaf = 30, MinSplitGain = 3, GainPruning = GainPruning.AfterGrowth },
        new NewtonBoostingRegressor
        {
            Rounds = 2,
            MaxDepth = 5,
            MonotoneConstraints = MonotoneConstraints.Of(("smooth", Monotonicity.Decreasing), ("skewed", Monotonicity.Increasing)),
            InteractionConstraints = InteractionConstraints.Of(["smooth", "few"], ["skewed", "few", "letter"]),
        },
        new NewtonBoostingClassifier
        {
            SplitMethod = BoostingSplitMethod.Exact,
            Rounds = 1,
            Subsample = 0.8,
            ColumnSampleByTree = 0.9,
            ColumnSampleByLevel = 0.9,
            ColumnSampleByNode = 0.9,
        },
        new NewtonBoostingRegressor
        {
            SplitMethod = BoostingSplitMethod.Approximate,
            Rounds = 2,
            Subsample = 0.9,
            MonotoneConstraints = MonotoneConstraints.Of(("skewed", Monotonicity.Increasing)),
        },
        new NewtonBoostingRegressor
        {
            SplitMethod = BoostingSplitMethod.Approximate,
            CandidateScope = CandidateScope.Node,
            SketchError = 0.02,
            Rounds = 1,
            MaxDepth = 5,
            MinSplitGain = 1,
            GainPruning = GainPruning.AfterGrowth,
        },
        new NewtonBoostingRegressor
        {
            SplitMethod = BoostingSplitMethod.Exact,
            Rounds = 2,
            GrowthPolicy = GrowthPolicy.LeafWise,
            MaxDepth = null,
            MaxLeaves = 40,
        },
        new NewtonBoostingClassifier { Rounds = 4, MaxDepth = 3, Subsample = 0.7, Dropout = new Dropout { Rate = 0.5, OneDrop = true } },
    ];

    /// <summary>Rows with skewed, few-valued, missing and categorical cells, uneven weights, three classes that are also numbers.</summary>
    public static ContractData Draw(int rows, ulong seed = 1)
    {
        var random = new RandomStream(seed);
        var smooth = new float[rows];
        var skewed = new float[rows];
        var few = new float[rows];
        var letters = new int[rows];
        var targets = new double[rows];
        var weights = new double[rows];
        for (int r = 0; r < rows; r++)
        {
            smooth[r] = (float)random.NextDouble();
            double u = random.NextDouble();
            skewed[r] = (float)(u * u * u);
            few[r] = random.NextInt(4);
            letters[r] = random.NextInt(7) - 1;
            double signal = smooth[r] + (2 * skewed[r] * few[r]) + (letters[r] is 1 or 4 ? 0.8 : 0) + (0.5 * random.NextDouble());
            targets[r] = signal > 2.2 ? 2 : signal > 1.2 ? 1 : 0;
            weights[r] = random.NextInt(20) == 0 ? 0 : 0.5 + random.NextDouble();
            smooth[r] = random.NextInt(10) == 0 ? float.NaN : smooth[r];
        }

        FeatureTable table = new FeatureTableBuilder()
            .Numeric("smooth", smooth)
            .Numeric("skewed", skewed)
            .Numeric("few", few)
            .Categorical("letter", ["a", "b", "c", "d", "e", "f"], letters)
            .Build();
        return new ContractData(table, targets, weights);
    }

    /// <summary>A hash of all models of many and of few rows, by two threads.</summary>
    public static string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (int rows in new[] { 500, 9000 })
        {
            ContractData data = Draw(rows);
            foreach (Learner recipe in Recipes)
            {
                Fitted model = LearnerCase.Fit(recipe, data, new FitOptions { Threads = 2 });
                hash.AppendData(MemoryMarshal.AsBytes(model.TreeBits().AsSpan()));
                hash.AppendData(MemoryMarshal.AsBytes(model.PredictGrid().AsSpan()));
            }

            // Columns that share digits.
            ContractData encoded = ExclusiveColumnsTests.Draw(rows, heavyTail: false);
            Fitted ofEncoded = LearnerCase.Fit(Recipes[0], encoded, new FitOptions { Threads = 2 });
            hash.AppendData(MemoryMarshal.AsBytes(ofEncoded.TreeBits().AsSpan()));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
