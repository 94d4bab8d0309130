using Ensembles.Trees.Criteria;
using Ensembles.Trees.Growing;

namespace Ensembles.IsolationForests;

/// <summary>Nothing is to be made small: a node is split as long as it has more than one row.</summary>
/// <param name="rowCount">The number of rows, each of weight 1.</param>
internal sealed class IsolationCriterion(int rowCount) : Criterion(Ones(rowCount))
{
    public override int ValueWidth => 1;

    public override NodeSummary Summarize(ReadOnlySpan<int> rows) => new(rows.Length, rows.Length, 0, rows.Length <= 1);

    public override void Value(ReadOnlySpan<int> rows, Span<double> value) => value[0] = rows.Length;

    public override SplitFinder CreateFinder(ISplitFinderFactory factory) => factory.Create(default(RowCounter));

    private static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }
}
