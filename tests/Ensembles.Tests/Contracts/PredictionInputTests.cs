using Ensembles.Data;
using Ensembles.IsolationForests;
using Ensembles.Learners;
using Ensembles.MetaEnsembles;
using MathNet.Numerics.LinearAlgebra;

namespace Ensembles.Tests.Contracts;

/// <summary>Every kind of rows and everything that can be asked of them, for every model: the same bits, and nothing allocated.</summary>
public class PredictionInputTests
{
    // More than a block on every path, so that several threads have work.
    private const int RowCount = 2500;
    private const int Features = 4;

    private static readonly FeatureTable Table = ContractData.Mixed(RowCount, seed: 8).Table;
    private static readonly double[] Doubles = [.. Enumerable.Range(0, RowCount).SelectMany(Table.Row)];
    private static readonly float[] Floats = Array.ConvertAll(Doubles, cell => (float)cell);
    private static readonly double[][] DoubleColumns = [.. Enumerable.Range(0, Features).Select(Table.Column)];
    private static readonly float[][] FloatColumns = Array.ConvertAll(DoubleColumns, cells => Array.ConvertAll(cells, cell => (float)cell));
    private static readonly Matrix<double> DoubleMatrix = Matrix<double>.Build.DenseOfColumnArrays(DoubleColumns);
    private static readonly Matrix<float> FloatMatrix = Matrix<float>.Build.DenseOfColumnArrays(FloatColumns);

    private delegate void Ask<T>(FeatureRows rows, Span<T> destination, int threads);

    public static TheoryData<string> All => LearnerCase.Names();

    [Theory]
    [MemberData(nameof(All))]
    public void Rows_of_every_kind_give_the_same_bits_on_any_number_of_threads(string name)
    {
        Fitted fitted = LearnerCase.Named(name).Fit(ContractData.Mixed());
        Model model = fitted.Model;

        double[] predictions = fitted.Predict(Table);
        CheckKinds(predictions, Predicting(model));
        CheckKinds([.. model.RawScores(Table).Cast<double>()], model.RawScores);
        CheckKinds([.. model.LeafIndices(Table).Cast<int>()], model.LeafIndices);
        if (model is ClassificationModel classifier)
        {
            CheckKinds(classifier.PredictClasses(Table), classifier.PredictClasses);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_is_allocated_for_what_has_a_destination(string name)
    {
        Model model = LearnerCase.Named(name).Fit(ContractData.Mixed()).Model;

        CheckAllocation(model.OutputCount, Predicting(model));
        CheckAllocation<double>(model.RawScoreCount, model.RawScores);
        CheckAllocation<int>(model.TreeCount, model.LeafIndices);
        if (model is ClassificationModel classifier)
        {
            CheckAllocation<int>(1, classifier.PredictClasses);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Leaf_indices_are_those_of_the_trees(string name)
    {
        Fitted fitted = LearnerCase.Named(name).Fit(ContractData.Mixed());
        Model model = fitted.Model;
        int[,] leaves = model.LeafIndices(Doubles);

        leaves.GetLength(1).Should().Be(model.TreeCount);
        if (model is not (StackingClassificationModel or StackingRegressionModel))
        {
            model.TreeCount.Should().Be(fitted.Trees.Count());
        }

        leaves.Cast<int>().All(leaf => leaf >= 0).Should().BeTrue();
    }

    [Fact]
    public void Rows_that_a_model_cannot_read_are_refused()
    {
        Model model = LearnerCase.Named("RandomForestClassifier").Fit(ContractData.Mixed()).Model;

        ((Action)(() => model.RawScores(FeatureRows.FromColumns(FloatColumns.AsSpan(0, 3))))).Should().Throw<ArgumentException>()
            .WithMessage("The model reads 4 features; the batch has 3 columns.*");
        ((Action)(() => model.RawScores(FeatureRows.FromColumns(new float[][] { [1, 2], [1], [1, 2], [1, 2] })))).Should()
            .Throw<ArgumentException>().WithMessage("Column 1 has 1 rows, but column 0 has 2.*");
        ((Action)(() => model.RawScores(FeatureRows.FromColumns(new double[][] { [1], [1], null!, [1] })))).Should()
            .Throw<ArgumentException>().WithMessage("Column 2 is null.*");
        ((Action)(() => model.RawScores(FeatureRows.FromColumns(new double[][] { [], [], [], [] })))).Should()
            .Throw<ArgumentException>().WithMessage("There are no rows.*");
        ((Action)(() => model.RawScores(Matrix<double>.Build.Dense(2, 5)))).Should().Throw<ArgumentException>()
            .WithMessage("The model reads 4 features; the matrix has 5 columns.*");
        ((Action)(() => model.LeafIndices(Doubles, new int[7]))).Should().Throw<ArgumentException>()
            .WithMessage("2500 rows of 6 outputs need 15000 places, not 7.*");
        ((Action)(() => model.LeafIndices(default))).Should().Throw<ArgumentException>().WithMessage("*0 cells do not make whole rows*");
        ((Action)(() => model.RawScores((FeatureTable)null!))).Should().Throw<ArgumentNullException>();
        ((Action)(() => model.RawScores(Doubles, threads: 0))).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_sparse_matrix_is_read_as_a_dense_one()
    {
        Model model = LearnerCase.Named("RandomForestClassifier").Fit(ContractData.Mixed()).Model;
        Matrix<double> sparse = Matrix<double>.Build.SparseOfMatrix(DoubleMatrix);

        model.RawScores(sparse).Cast<double>().Should().Equal(model.RawScores(DoubleMatrix).Cast<double>());
    }

    private static Ask<double> Predicting(Model model) => model switch
    {
        ClassificationModel classifier => classifier.PredictProbabilities,
        RegressionModel regressor => regressor.Predict,
        IsolationForestModel forest => forest.Scores,
        _ => throw new ArgumentException("A kind of model that the contract does not know.", nameof(model)),
    };

    private static void CheckKinds<T>(T[] expected, Ask<T> ask)
        where T : unmanaged
    {
        foreach (int threads in new[] { 1, 3 })
        {
            Check(Table, "a table");
            Check(Doubles, "doubles");
            Check(Floats.AsSpan(), "floats");
            Check(FeatureRows.FromColumns(DoubleColumns), "columns of doubles");
            Check(FeatureRows.FromColumns(FloatColumns), "columns of floats");
            Check(DoubleMatrix, "a matrix of doubles");
            Check(FloatMatrix, "a matrix of floats");

            void Check(FeatureRows rows, string kind)
            {
                var found = new T[expected.Length];
                ask(rows, found, threads);
                found.AsSpan().SequenceEqual(expected).Should().BeTrue("{0} on {1} threads", kind, threads);
            }
        }
    }

    private static void CheckAllocation<T>(int perRow, Ask<T> ask)
        where T : unmanaged
    {
        foreach (int rows in new[] { 1, 15, 700 })
        {
            var destination = new T[rows * perRow];
            float[][] columns = Array.ConvertAll(FloatColumns, column => column[..rows]);
            var matrix = Matrix<double>.Build.DenseOfColumnArrays(Array.ConvertAll(DoubleColumns, column => column[..rows]));
            FeatureTable table = Table.SelectRows([.. Enumerable.Range(0, rows)]);
            Run();
            Run();
            Allocations.Of(Run).Should().Be(0, "{0} rows", rows);

            void Run()
            {
                ask(Doubles.AsSpan(0, rows * Features), destination, 1);
                ask(Floats.AsSpan(0, rows * Features), destination, 1);
                ask(FeatureRows.FromColumns(columns), destination, 1);
                ask(matrix, destination, 1);
                if (table.Schema.Equals(Table.Schema))
                {
                    ask(table, destination, 1);
                }
            }
        }
    }
}
