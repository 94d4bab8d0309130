using Ensembles.Numerics;

namespace Ensembles.RandomForests;

/// <summary>Which rows the trees of a forest did not draw, drawn again by their keys: a bit for each tree and row.</summary>
internal sealed class OutOfBagMarks
{
    private readonly ulong[][] _bits;

    private OutOfBagMarks(ulong[][] bits)
    {
        _bits = bits;
    }

    public static OutOfBagMarks Of(RowSampler sampler, int treeCount, int threads, CancellationToken cancellationToken)
    {
        var bits = new ulong[treeCount][];
        ParallelWork.For(
            treeCount,
            threads,
            cancellationToken,
            () => new int[sampler.TableRowCount],
            (tree, counts) =>
            {
                sampler.Draw(tree, counts);
                var words = new ulong[(counts.Length + 63) / 64];
                foreach (int row in sampler.Rows)
                {
                    words[row >> 6] |= counts[row] == 0 ? 1UL << (row & 63) : 0;
                }

                bits[tree] = words;
            });
        return new OutOfBagMarks(bits);
    }

    /// <summary>Whether a row of weight above 0 is not among the rows of a tree.</summary>
    public bool Contains(int tree, int row) => ((_bits[tree][row >> 6] >> (row & 63)) & 1) != 0;
}
