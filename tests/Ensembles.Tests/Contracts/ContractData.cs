using Ensembles.Data;
using Ensembles.Numerics;

namespace Ensembles.Tests.Contracts;

/// <summary>A table with a number a row: the target of a regressor and, as it is 0, 1 or 2, the class of a classifier.</summary>
internal sealed record ContractData(FeatureTable Table, double[] Targets, double[] Weights)
{
    private static readonly ClassLabels Classes = ClassificationDataset.Create(
        FeatureTable.FromRows(new double[3, 1]), [0, 1, 2]).Classes;

    public ClassificationDataset Classification =>
        ClassificationDataset.FromIndices(Table, Classes, Array.ConvertAll(Targets, target => (int)target), Weights);

    public RegressionDataset Regression => RegressionDataset.Create(Table, Targets, Weights);

    public ContractData SelectRows(params int[] rows) => new(
        Table.SelectRows(rows),
        Array.ConvertAll(rows, r => Targets[r]),
        Weights.Length == 0 ? [] : Array.ConvertAll(rows, r => Weights[r]));

    /// <summary>
    /// Two numeric columns of few distinct values, one with missing cells, a categorical one with missing cells, one that is constant;
    /// the class follows from them but for one row in eight.
    /// </summary>
    public static ContractData Mixed(int rows = 96, ulong seed = 1)
    {
        var random = new RandomStream(seed);
        var age = new float[rows];
        var size = new float[rows];
        var constant = new float[rows];
        var colours = new string?[rows];
        var targets = new double[rows];
        string?[] names = ["red", "green", "blue", "grey", null];
        for (int r = 0; r < rows; r++)
        {
            age[r] = random.NextInt(40) / 4f;
            size[r] = random.NextInt(30) / 8f;
            constant[r] = 5;
            colours[r] = names[random.NextInt(names.Length)];
            targets[r] = (age[r] > 5 ? 1 : 0) + (size[r] > 2 || string.Equals(colours[r], "green", StringComparison.Ordinal) ? 1 : 0);
            targets[r] = random.NextInt(8) == 0 ? random.NextInt(3) : targets[r];
            size[r] = random.NextInt(6) == 0 ? float.NaN : size[r];
        }

        FeatureTable table = new FeatureTableBuilder()
            .Numeric("age", age)
            .Numeric("size", size)
            .Categorical("colour", colours)
            .Numeric("constant", constant)
            .Build();
        return new ContractData(table, targets, []);
    }

    /// <summary>Other rows of the same schema, denser than the training rows, with missing cells in every column.</summary>
    public static double[] Grid(FeatureSchema schema)
    {
        var random = new RandomStream(99);
        var cells = new List<double>();
        for (int r = 0; r < 300; r++)
        {
            foreach (Feature feature in schema)
            {
                double cell = feature.IsCategorical ? random.NextInt(feature.Categories.Count) : random.NextInt(110) / 10f;
                cells.Add(random.NextInt(8) == 0 ? double.NaN : cell);
            }
        }

        return [.. cells];
    }
}
