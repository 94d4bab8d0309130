using Ensembles.Data;
using MathNet.Numerics.LinearAlgebra;

namespace Ensembles.Tests.Data;

public class FeatureTableTests
{
    private static readonly double[,] Cells = { { 1, 2.5, double.NaN }, { 4, 0.1, 6 } };

    [Fact]
    public void Doubles_come_in_every_form_and_lose_nothing()
    {
        double[][] rows = [[1, 2.5, double.NaN], [4, 0.1, 6]];
        double[][] columns = [[1, 4], [2.5, 0.1], [double.NaN, 6]];
        FeatureTable[] tables =
        [
            FeatureTable.FromRows(Cells),
            FeatureTable.FromRows(rows),
            FeatureTable.FromRowMajor(rows.SelectMany(row => row).ToArray(), 3),
            FeatureTable.FromColumns(columns),
            FeatureTable.FromMatrix(Matrix<double>.Build.DenseOfArray(Cells)),
            FeatureTable.FromMatrix(Matrix<double>.Build.SparseOfArray(Cells)),
        ];
        tables.Should().AllSatisfy(table =>
        {
            table.RowCount.Should().Be(2);
            table.ColumnCount.Should().Be(3);
            table.Row(0).Should().Equal(1, 2.5, double.NaN);
            table.Row(1).Should().Equal(4, 0.1, 6);
            table.Column(1).Should().Equal(2.5, 0.1);
            table[1, 2].Should().Be(6);
            table.MissingCount(2).Should().Be(1);
            table.Schema.Select(f => f.Name).Should().Equal("x0", "x1", "x2");
            table.ColumnData(1).Should().BeOfType<DoubleColumn>();
        });
    }

    [Fact]
    public void Floats_come_in_every_form_and_cost_four_bytes()
    {
        float[,] cells = { { 1, 2.5f, float.NaN }, { 4, 0.1f, 6 } };
        float[][] rows = [[1, 2.5f, float.NaN], [4, 0.1f, 6]];
        float[][] columns = [[1, 4], [2.5f, 0.1f], [float.NaN, 6]];
        FeatureTable[] tables =
        [
            FeatureTable.FromRows(cells, ["a", "b", "c"]),
            FeatureTable.FromRows(rows, ["a", "b", "c"]),
            FeatureTable.FromRowMajor(rows.SelectMany(row => row).ToArray().AsSpan(), 3, ["a", "b", "c"]),
            FeatureTable.FromColumns(columns, ["a", "b", "c"]),
            FeatureTable.FromMatrix(Matrix<float>.Build.DenseOfArray(cells), ["a", "b", "c"]),
        ];
        tables.Should().AllSatisfy(table =>
        {
            table.Row(0).Should().Equal(1, 2.5, double.NaN);
            table.Row(1).Should().Equal(4, 0.1f, 6);
            table.Schema.Select(f => f.Name).Should().Equal("a", "b", "c");
            table.ColumnData(1).Should().BeOfType<FloatColumn>();
        });
    }

    [Fact]
    public void A_table_does_not_see_later_changes_of_its_source()
    {
        double[][] columns = [[1, 2]];
        float[] cells = [1, 2];
        FeatureTable fromColumns = FeatureTable.FromColumns(columns);
        FeatureTable fromCells = FeatureTable.FromRowMajor(cells.AsSpan(), 1);
        columns[0][0] = 9;
        cells[0] = 9;
        fromColumns[0, 0].Should().Be(1);
        fromCells[0, 0].Should().Be(1);
    }

    [Fact]
    public void Views_of_views_keep_rows_columns_and_cells()
    {
        FeatureTable table = FeatureTable.FromRows(new double[,] { { 0, 10 }, { 1, 11 }, { 2, 12 }, { 3, 13 } }, ["a", "b"]);
        FeatureTable view = table.SelectRows([3, 1, 1, 0]);
        view.Column(0).Should().Equal(3, 1, 1, 0);
        FeatureTable second = view.SelectRows([2, 0]);
        second.Column(1).Should().Equal(11, 13);
        second.Row(1).Should().Equal(3, 13);
        FeatureTable turned = second.SelectColumns([1, 0]);
        turned.Row(0).Should().Equal(11, 1);
        turned.Schema.Select(f => f.Name).Should().Equal("b", "a");
        turned.ColumnData(0).Should().BeSameAs(table.ColumnData(1), "a view shares the cells");
        turned.SelectRows([1]).SelectColumns([1])[0, 0].Should().Be(3);
        table.RowCount.Should().Be(4);
    }

    [Fact]
    public void Cells_are_gathered_with_a_stride_from_tables_and_views()
    {
        FeatureTable table = new FeatureTableBuilder()
            .Numeric("f", (ReadOnlySpan<float>)[1, 2, 3])
            .Numeric("d", (ReadOnlySpan<double>)[4, 5, 6])
            .Categorical("c", ["x", null, "y"])
            .Build();
        foreach (FeatureTable rows in new[] { table, table.SelectRows([0, 1, 2]) })
        {
            var block = new double[6];
            for (int c = 0; c < 3; c++)
            {
                rows.GatherColumn(c, 1, 2, block.AsSpan(c), 3);
            }

            block.Should().Equal(2, 5, double.NaN, 3, 6, 1);
        }
    }

    [Fact]
    public void Bad_input_is_refused_with_its_place()
    {
        FeatureTable table = FeatureTable.FromRows(Cells);
        Check(() => FeatureTable.FromRows([new double[] { 1, 2 }, [1]]), "Row 1 has 1 cells, but row 0 has 2.*");
        Check(() => FeatureTable.FromRows([new float[] { 1, 2 }, null!]), "Row 1 is null.*");
        Check(() => FeatureTable.FromColumns([new double[] { 1, 2 }, [1]]), "Column 1 ('x1') has 1 rows, but column 0 ('x0') has 2.*");
        Check(() => FeatureTable.FromColumns([new float[] { 1, 2 }, null!]), "Column 1 is null.*");
        Check(() => FeatureTable.FromRowMajor(new double[5], 2), "5 cells do not make whole rows of 2 columns.*");
        Check(() => FeatureTable.FromRowMajor(new double[4], 0), "*columnCount*");
        Check(() => FeatureTable.FromRows(new double[0, 2]), "*no rows*");
        Check(() => FeatureTable.FromRows(new float[2, 0]), "*no columns*");
        Check(() => FeatureTable.FromRows(Array.Empty<double[]>()), "*no rows*");
        Check(() => FeatureTable.FromRows(Cells, ["a", "b", "a"]), "Column name 'a' appears twice (columns 0 and 2).*");
        Check(() => FeatureTable.FromRows(Cells, ["a"]), "There are 3 columns but 1 names.*");
        Check(() => table.SelectRows([]), "*no rows*");
        Check(() => table.SelectRows([0, 2]), "Index 2 at place 1 is not a row of a table of 2.*");
        Check(() => table.SelectRows([-1]), "Index -1 at place 0 is not a row of a table of 2.*");
        Check(() => table.SelectColumns([]), "*at least one feature*");
        Check(() => table.SelectColumns([0, 3]), "Index 3 at place 1 is not a column of a table of 3.*");
        Check(() => table.SelectColumns([1, 1]), "Column name 'x1' appears twice*");
        Check(() => table[2, 0], "The table has the rows 0 to 1.*");
        Check(() => table[0, -1], "The table has the columns 0 to 2.*");
        Check(() => table.Row(2), "The table has the rows 0 to 1.*");
        Check(() => table.Column(3), "The table has the columns 0 to 2.*");
        table.Invoking(t => t.CopyRow(0, new double[2])).Should().Throw<ArgumentException>()
            .WithMessage("A row has 3 cells, but the destination has 2 places.*");

        static void Check(Func<object> make, string message) => make.Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void A_builder_takes_columns_of_every_kind_in_any_order()
    {
        FeatureTable table = new FeatureTableBuilder()
            .Categorical("city", ["Genf", null, "Bern"])
            .Numeric("age", (ReadOnlySpan<float>)[31, float.NaN, 27])
            .Categorical("grade", ["low", "high"], [1, -1, 0])
            .Build();
        table.Schema[0].Categories.Should().Equal("Bern", "Genf");
        table.Row(0).Should().Equal(1, 31, 1);
        table.Row(1).Should().Equal(double.NaN, double.NaN, double.NaN);
        table.Row(2).Should().Equal(0, 27, 0);
        table.ToString().Should().Be("3 rows × 3 features (1 numeric, 2 categorical)");
    }

    [Fact]
    public void A_builder_refuses_codes_and_columns_that_do_not_fit()
    {
        Action code = () => new FeatureTableBuilder().Categorical("c", ["x", "y"], [0, 2]);
        code.Should().Throw<ArgumentException>().WithMessage("Row 1, column 'c': 2 is no code of its 2 categories.*");
        Action negative = () => new FeatureTableBuilder().Categorical("c", ["x", "y"], [-2]);
        negative.Should().Throw<ArgumentException>().WithMessage("Row 0, column 'c': -2 is no code of its 2 categories.*");
        Action lengths = () => new FeatureTableBuilder().Categorical("a", ["x", "y"]).Categorical("b", ["x"]).Build();
        lengths.Should().Throw<ArgumentException>().WithMessage("Column 1 ('b') has 1 rows, but column 0 ('a') has 2.*");
        Action names = () => new FeatureTableBuilder().Categorical("a", ["x"]).Categorical("a", ["x"]).Build();
        names.Should().Throw<ArgumentException>().WithMessage("Column name 'a' appears twice*");
        Action empty = () => new FeatureTableBuilder().Build();
        empty.Should().Throw<ArgumentException>().WithMessage("*at least one feature*");
        Action rowless = () => new FeatureTableBuilder().Categorical("a", []).Build();
        rowless.Should().Throw<ArgumentException>().WithMessage("*no rows*");
    }

    [Fact]
    public void Selecting_no_row_names_the_argument() =>
        FeatureTable.FromRows(new double[,] { { 1 } }).Invoking(table => table.SelectRows([]))
            .Should().Throw<ArgumentException>().WithMessage("There are no rows selected*").WithParameterName("rows");
}
