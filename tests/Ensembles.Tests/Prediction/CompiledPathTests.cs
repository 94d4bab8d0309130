using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Prediction;
using Ensembles.Tests.Contracts;
using Ensembles.Trees;

namespace Ensembles.Tests.Prediction;

/// <summary>Every compiled way through the trees against the plain loop, bit for bit.</summary>
public class CompiledPathTests
{
    private static readonly PredictionPath[] Compiled = [PredictionPath.BitSlices, PredictionPath.RankWalk];

    private static readonly int[] Counts =
        [1, 2, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 300, 383, 385, 511, 512, 513, 640, 769, 1024, 1025];

    internal static IReadOnlyList<RandomTrees> Shapes { get; } =
    [
        new() { Count = 1, Leaves = 1 },
        new() { Count = 1, Leaves = 2 },
        new() { Count = 3, Leaves = 5, Width = 3 },
        new() { Count = 20, Leaves = 31 },
        new() { Count = 9, Leaves = 32, Width = 2, Features = 1 },
        new() { Count = 9, Leaves = 33, Chains = true },
        new() { Count = 30, Leaves = 63, Thresholds = 9 },
        new() { Count = 11, Leaves = 64, Features = 40 },
        new() { Count = 9, Leaves = 65, Categorical = 0.3 },
        new() { Count = 10, Leaves = 255, Features = 3, Width = 4 },
        new() { Count = 5, Leaves = 256, Categorical = 0.5 },
        new() { Count = 6, Leaves = 257 },
        new() { Count = 4, Leaves = 1500, Features = 2, Width = 2 },
        new() { Count = 2, Leaves = 300, Chains = true, Categorical = 0.1 },
        new() { Count = 40, Leaves = 400, Features = 30, Seed = 5 },
    ];

    public static TheoryData<int> ShapeNumbers => [.. Enumerable.Range(0, Shapes.Count)];

    public static TheoryData<string> Learners => LearnerCase.Names();

    [Theory]
    [MemberData(nameof(ShapeNumbers))]
    public void Random_trees_give_the_bits_of_the_plain_loop(int shape)
    {
        Tree[] trees = Shapes[shape].Draw();
        int features = Shapes[shape].Features;
        foreach (bool missing in new[] { true, false })
        {
            double[] rows = EdgeRows.Draw(trees, 1100, features, missing);
            double[] exact = Array.ConvertAll(rows, cell => (double)(float)cell);
            float[] floats = Array.ConvertAll(rows, cell => (float)cell);
            var table = FeatureTable.FromRowMajor(floats, features);
            int[] order = [.. Enumerable.Range(0, 1100).Select(r => (r * 7) % 1100)];
            foreach (TreeEnsemble ensemble in Ensembles(trees))
            {
                foreach (PredictionPath path in Compiled.Where(ensemble.Allows))
                {
                    CheckSums(ensemble, path, new RowSet(rows, features), "doubles");
                    CheckSums(ensemble, path, new RowSet(exact, features), "doubles that are floats");
                    CheckSums(ensemble, path, new RowSet(floats, features), "floats");
                    CheckSums(ensemble, path, new RowSet(table, 3, 1000), "a table");
                    CheckSums(ensemble, path, new RowSet(table.SelectRows(order), 5, 1000), "a view");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(ShapeNumbers))]
    public void Batches_of_any_size_give_the_bits_of_the_plain_loop(int shape)
    {
        Tree[] trees = Shapes[shape].Draw();
        int features = Shapes[shape].Features;
        double[] rows = EdgeRows.Draw(trees, Counts[^1], features);
        var ensemble = TreeEnsemble.OfValues(trees);
        foreach (PredictionPath path in Compiled.Where(ensemble.Allows))
        {
            foreach (int count in Counts)
            {
                CheckSums(ensemble, path, new RowSet(rows.AsSpan(0, count * features), features), $"{count} rows");
                CheckLeaves(ensemble, path, new RowSet(rows.AsSpan(0, count * features), features), $"{count} rows");
            }

            // Each row alone takes a way of its own.
            for (int r = 0; r < 300; r++)
            {
                CheckSums(ensemble, path, new RowSet(rows.AsSpan(r * features, features), features), $"row {r}");
                float[] floats = Array.ConvertAll(rows[(r * features)..((r + 1) * features)], cell => (float)cell);
                CheckSums(ensemble, path, new RowSet(floats, features), $"row {r} of floats");
            }
        }
    }

    [Fact]
    public void Rows_of_several_blocks_of_the_walk_give_the_bits_of_the_plain_loop()
    {
        var shape = new RandomTrees { Count = 4, Leaves = 300, Features = 3, Width = 2 };
        Tree[] trees = shape.Draw();
        double[] rows = EdgeRows.Draw(trees, 20_001, shape.Features);
        var ensemble = TreeEnsemble.OfValues(trees);

        CheckSums(ensemble, PredictionPath.RankWalk, new RowSet(rows, shape.Features), "three blocks");
        CheckLeaves(ensemble, PredictionPath.RankWalk, new RowSet(rows, shape.Features), "three blocks");
    }

    [Theory]
    [InlineData(1500, 9, PredictionPath.BitSlices)]
    [InlineData(1500, 0, PredictionPath.RankWalk)]
    [InlineData(5000, 9, PredictionPath.RankWalk)]
    public void Large_trees_are_sliced_where_they_ask_the_same_and_are_not_too_large(int leaves, int thresholds, PredictionPath path)
    {
        var ensemble = TreeEnsemble.OfValues(new RandomTrees { Count = 3, Leaves = leaves, Thresholds = thresholds }.Draw());

        ensemble.Predictor.Path.Should().Be(path);
    }

    [Theory]
    [MemberData(nameof(Learners))]
    public void Models_of_every_learner_give_the_bits_of_the_plain_loop(string name)
    {
        Fitted fitted = LearnerCase.Named(name).Fit(ContractData.Mixed(400));
        int features = fitted.Model.Schema.Count;
        double[] rows = EdgeRows.Draw([.. fitted.Trees], 700, features);
        float[] floats = Array.ConvertAll(rows, cell => (float)cell);
        FeatureTable table = ContractData.Mixed(900, seed: 3).Table;

        fitted.Model.Batches.Force(PredictionPath.PlainLoop);
        double[] ofDoubles = fitted.Predict(rows);
        double[] ofTable = fitted.Predict(table);
        var ofFloats = new double[ofDoubles.Length];
        fitted.Predict(floats, ofFloats);
        foreach (PredictionPath path in Compiled.Where(fitted.Model.Batches.Allows))
        {
            fitted.Model.Batches.Force(path);

            fitted.Model.Predictor.Path.Should().Be(path);
            Bits(fitted.Predict(rows)).Should().Equal(Bits(ofDoubles));
            Bits(fitted.Predict(table)).Should().Equal(Bits(ofTable));
            var found = new double[ofDoubles.Length];
            fitted.Predict(floats, found);
            Bits(found).Should().Equal(Bits(ofFloats));
        }
    }

    [Fact]
    public void A_model_compiles_once_it_pays_and_says_what_it_chose()
    {
        Fitted fitted = LearnerCase.Named("RandomForestClassifier").Fit(ContractData.Mixed());
        FeatureTable table = ContractData.Mixed(2000, seed: 3).Table;
        fitted.Model.Predictor.ToString().Should().StartWith("BitSlices: 6 trees of at most ").And.Contain("rows at a time");

        double[] chosen = fitted.Predict(table);
        fitted.Model.Batches.Force(PredictionPath.PlainLoop);

        fitted.Model.Predictor.ToString().Should().Be("PlainLoop: it was asked for");
        fitted.Predict(table).Should().Equal(chosen);
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Predictions_are_the_same_without_instructions_of_this_machine(string switchedOff)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList = { "exec", typeof(CompiledPathTests).Assembly.Location, "predictions" },
            Environment = { [switchedOff] = "0" },
        };

        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.Should().Be(0);
        output.Trim().Should().Be(Fingerprint());
    }

    /// <summary>A hash of what every path of this machine says of random trees; throws where one differs from the plain loop.</summary>
    public static string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (RandomTrees shape in Shapes)
        {
            Tree[] trees = shape.Draw();
            double[] rows = EdgeRows.Draw(trees, 1100, shape.Features);
            float[] floats = Array.ConvertAll(rows, cell => (float)cell);
            var ensemble = TreeEnsemble.OfValues(trees);
            foreach (int count in new[] { 1, 100, 200, 700, 1100 })
            {
                var plain = new double[2 * count * ensemble.OutputCount];
                ensemble.Force(PredictionPath.PlainLoop);
                Predict(plain);
                foreach (PredictionPath path in Compiled.Where(ensemble.Allows))
                {
                    var found = new double[plain.Length];
                    ensemble.Force(path);
                    Predict(found);
                    found.Should().Equal(plain);
                }

                hash.AppendData(MemoryMarshal.AsBytes<double>(plain));

                void Predict(double[] sums)
                {
                    int features = shape.Features;
                    ensemble.Add(new RowSet(rows.AsSpan(0, count * features), features), sums.AsSpan(0, sums.Length / 2));
                    ensemble.Add(new RowSet(floats.AsSpan(0, count * features), features), sums.AsSpan(sums.Length / 2));
                }
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static TreeEnsemble[] Ensembles(Tree[] trees) => trees[0].ValueWidth > 1
        ? [TreeEnsemble.OfValues(trees), TreeEnsemble.OfVotes(trees)]
        : [TreeEnsemble.OfValues(trees), TreeEnsemble.OfRounds(trees, 3)];

    private static void CheckSums(TreeEnsemble ensemble, PredictionPath path, in RowSet rows, string what)
    {
        double[] start = [.. Enumerable.Range(0, rows.Count * ensemble.OutputCount).Select(i => i / 7.0)];
        double[] expected = [.. start];
        double[] found = [.. start];
        ensemble.Force(PredictionPath.PlainLoop);
        ensemble.Add(rows, expected);
        ensemble.Force(path);
        ensemble.Add(rows, found);
        found.AsSpan().SequenceEqual(expected).Should().BeTrue("{0} by {1}", what, path);
    }

    private static void CheckLeaves(TreeEnsemble ensemble, PredictionPath path, in RowSet rows, string what)
    {
        var expected = new int[rows.Count * ensemble.Trees.Length];
        var found = new int[expected.Length];
        ensemble.Force(PredictionPath.PlainLoop);
        ensemble.FindLeaves(rows, expected);
        ensemble.Force(path);
        ensemble.FindLeaves(rows, found);
        found.AsSpan().SequenceEqual(expected).Should().BeTrue("{0} by {1}", what, path);
    }

    private static long[] Bits(double[] values) => Array.ConvertAll(values, BitConverter.DoubleToInt64Bits);
}
