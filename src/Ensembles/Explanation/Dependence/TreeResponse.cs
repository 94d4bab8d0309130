using Ensembles.Trees;

namespace Ensembles.Explanation.Dependence;

/// <summary>
/// The mean of what trees say where some features are known, by walks through the trees: at a split on a feature that is not known both
/// ways are taken, by the shares of the training weight.
/// </summary>
internal sealed class TreeResponse : IMeanResponse
{
    private readonly TreeSum _sum;
    private readonly double[][] _shares;

    /// <param name="sum">The trees.</param>
    public TreeResponse(TreeSum sum)
    {
        _sum = sum;
        _shares = Array.ConvertAll(sum.Terms, term => term.Shares());
    }

    public string[] OutputNames => _sum.OutputNames;

    public ExplainedScale Scale => _sum.Scale;

    public void At(ReadOnlySpan<int> columns, ReadOnlySpan<double> values, Span<double> means)
    {
        _sum.BaseScores.CopyTo(means);
        var open = new Stack<(int Node, double Share)>();
        for (int t = 0; t < _sum.Terms.Length; t++)
        {
            Prediction.EnsembleTree part = _sum.Terms[t].Part;
            Tree tree = part.Tree;
            open.Push((0, 1));
            while (open.TryPop(out (int Node, double Share) at))
            {
                if (tree.IsLeaf(at.Node))
                {
                    int leaf = at.Node - tree.InnerCount;
                    for (int k = 0; k < part.Width; k++)
                    {
                        means[part.Output + k] += at.Share * part.Values[(leaf * part.Width) + k];
                    }

                    continue;
                }

                int known = columns.IndexOf(tree.Feature(at.Node));
                if (known >= 0)
                {
                    open.Push((tree.GoesLeft(at.Node, values[known]) ? tree.Left(at.Node) : tree.Right(at.Node), at.Share));
                    continue;
                }

                double left = at.Share * _shares[t][at.Node];
                open.Push((tree.Right(at.Node), at.Share - left));
                open.Push((tree.Left(at.Node), left));
            }
        }
    }
}
