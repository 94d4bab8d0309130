using Ensembles.Data;
using Ensembles.Data.Binning;
using Ensembles.GradientBoosting;
using Ensembles.Learners;
using Ensembles.NewtonBoosting;
using Ensembles.Numerics;
using Ensembles.Tests.Contracts;
using Ensembles.Trees;

namespace Ensembles.Tests.NewtonBoosting;

/// <summary>Models of tables whose exclusive columns share digits, against those of the same columns kept apart: the same bits.</summary>
public class ExclusiveColumnsTests
{
    private static readonly Learner[] Recipes =
    [
        new NewtonBoostingClassifier { Rounds = 4 },
        new NewtonBoostingClassifier
        {
            Rounds = 3,
            MinChildWeight = 0.01,
            GrowthPolicy = GrowthPolicy.LeafWise,
            MaxDepth = null,
            MaxLeaves = 60,
        },
        new NewtonBoostingClassifier
        {
            Rounds = 4,
            Subsample = 0.7,
            ColumnSampleByTree = 0.6,
            ColumnSampleByLevel = 0.7,
            ColumnSampleByNode = 0.4,
        },
        new NewtonBoostingRegressor { Rounds = 4, L1 = 0.5, MaxDeltaStep = 0.7, MinChildWeight = 0 },
        new NewtonBoostingRegressor { Rounds = 4, MinSamplesLeaf = 5, L2 = 0 },
        new NewtonBoostingRegressor { Rounds = 4, Loss = NewtonLoss.Poisson, MinSamplesLeaf = 3, MinCategoryWeight = 2 },
        new NewtonBoostingRegressor
        {
            Rounds = 4,
            MonotoneConstraints = MonotoneConstraints.Of(("c3", Monotonicity.Decreasing), ("c9", Monotonicity.Increasing)),
            InteractionConstraints = InteractionConstraints.Of(["c3", "c9", "c1", "c4"], ["c9", "c12", "dense", "letter"]),
        },
        new NewtonBoostingRegressor { Rounds = 4, MinSplitGain = 1, GainPruning = GainPruning.AfterGrowth, ColumnSampleByNode = 0.5 },
        new GradientBoostingRegressor { Rounds = 4, SplitMethod = SplitMethod.Histogram, Loss = RegressionLoss.AbsoluteError },
        new GradientBoostingClassifier { Rounds = 3, SplitMethod = SplitMethod.Histogram, Subsample = 0.8, MaxLeaves = 20 },
    ];

    public static TheoryData<int, int, int> Cases
    {
        get
        {
            var cases = new TheoryData<int, int, int>();
            for (int recipe = 0; recipe < Recipes.Length; recipe++)
            {
                // Rows in both halves of a word, rows in 16 bits each, and more rows than a packed histogram holds.
                cases.Add(recipe, 700, 1);
                cases.Add(recipe, 6000, 2);
                cases.Add(recipe, 6000, 3);
            }

            cases.Add(0, 70_001, 2);
            cases.Add(4, 70_001, 1);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_model_is_that_of_columns_kept_apart(int recipe, int rows, int threads)
    {
        foreach (bool heavyTail in new[] { false, true })
        {
            ContractData together = Draw(rows, heavyTail);
            ContractData apart = Draw(rows, heavyTail);
            BinnedTable bins = apart.Table.Binned(255, 1, CancellationToken.None);
            bins.UseDigits(ColumnDigits.Apart(bins));

            Fitted first = LearnerCase.Fit(Recipes[recipe], together, new FitOptions { Threads = threads });
            Fitted second = LearnerCase.Fit(Recipes[recipe], apart, new FitOptions { Threads = 1 });

            first.Trees.Sum(tree => tree.LeafCount).Should().BeGreaterThan(first.Trees.Count());
            first.TreeBits().AsSpan().SequenceEqual(second.TreeBits()).Should().BeTrue();
            first.PredictGrid().Should().Equal(second.PredictGrid());
            ColumnDigits digits = together.Table.Binned(255, 1, CancellationToken.None).Digits(1, CancellationToken.None);
            digits.Count.Should().BeLessThan(together.Table.ColumnCount / 3);
            Enumerable.Range(0, together.Table.ColumnCount).Count(column => digits.MemberOf(column).IsAlone).Should().BeGreaterThan(0);
        }
    }

    [Fact]
    public void Splits_are_on_columns_that_share_a_digit()
    {
        Fitted model = LearnerCase.Fit(Recipes[0], Draw(6000, heavyTail: false));
        int[] features = [.. model.Trees.SelectMany(tree => Enumerable.Range(0, tree.InnerCount).Select(tree.Feature)).Distinct()];

        // Of bits, of bits with missing ones, of several values and of categories.
        features.Should().Contain(feature => feature < 30);
        features.Should().Contain(feature => feature >= 30 && feature < 36);
        features.Should().Contain(feature => feature >= 36 && feature < 40);
        features.Should().Contain(40);
    }

    /// <summary>
    /// Encodings of three categories, one with missing rows: as bits, as bits that are missing instead of 0, as several values; a column of
    /// categories that is mostly one of them, and others that share nothing.
    /// </summary>
    internal static ContractData Draw(int rows, bool heavyTail)
    {
        var random = new RandomStream(77);
        var bits = new float[30][];
        var sparse = new float[6][];
        var several = new float[4][];
        foreach (float[][] columns in new[] { bits, sparse, several })
        {
            for (int c = 0; c < columns.Length; c++)
            {
                columns[c] = new float[rows];
                columns[c].AsSpan().Fill(columns == sparse ? float.NaN : columns == bits && c == 9 ? 1 : 0);
            }
        }

        var letters = new int[rows];
        var dense = new float[rows];
        var constant = new float[rows];
        var targets = new double[rows];
        var weights = new double[rows];
        for (int r = 0; r < rows; r++)
        {
            int code = (int)(30 * random.NextDouble() * random.NextDouble());
            bits[code][r] = code == 9 ? 0 : 1;
            if (code > 20 && random.NextInt(3) == 0)
            {
                bits[code][r] = float.NaN;
            }

            int place = random.NextInt(8);
            if (place < sparse.Length)
            {
                sparse[place][r] = place == 2 ? random.NextInt(4) : 1;
            }

            int which = random.NextInt(6);
            if (which < several.Length)
            {
                several[which][r] = which == 0 ? (float)random.NextGaussian() : random.NextInt(9) - 3;
            }

            letters[r] = which == 4 ? 1 + random.NextInt(4) : 0;
            dense[r] = (float)random.NextGaussian();
            double signal = (code % 7 / 5.0) + (place == 3 ? 0.8 : place == 2 ? 0.3 * sparse[2][r] : 0)
                + (which == 1 ? 0.2 * several[1][r] : 0) + (letters[r] >= 3 ? 0.9 : 0) + (0.3 * dense[r]) + (0.5 * random.NextDouble());
            targets[r] = signal > 1.8 ? 2 : signal > 0.9 ? 1 : 0;
            weights[r] = random.NextInt(20) == 0 ? 0 : 0.5 + random.NextDouble();
        }

        if (heavyTail)
        {
            weights[5] = 1e5;
        }

        var builder = new FeatureTableBuilder();
        float[][] numeric = [.. bits, .. sparse, .. several];
        for (int c = 0; c < numeric.Length; c++)
        {
            builder.Numeric(FormattableString.Invariant($"c{c}"), numeric[c]);
        }

        builder.Categorical("letter", ["a", "b", "c", "d", "e"], letters).Numeric("dense", dense).Numeric("constant", constant);
        return new ContractData(builder.Build(), targets, weights);
    }
}
