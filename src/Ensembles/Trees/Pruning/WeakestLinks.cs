namespace Ensembles.Trees.Pruning;

/// <summary>
/// The weakest links of a tree (Breiman et al. 1984, section 3.3). Below an inner node t, g(t) = (R(t) − R(T_t))/(|T_t| − 1) is
/// what t's branch saves for each leaf that it has more than t alone, which is the mean gain of the branch's inner nodes. As
/// alpha rises, t's branch is cut when alpha reaches g(t) of what then is left of it.
/// </summary>
/// <remarks>
/// So from the leaves up: a node takes in, greatest mean first, the links below it whose mean gain is no smaller than its own,
/// for they would be cut only after it. What it has taken in is what is cut with it. With the links below a node in a meldable
/// heap this takes O(n log n), however deep the tree is, and sums gains only, never differences of large sums.
/// </remarks>
internal sealed class WeakestLinks
{
    private const int None = -1;

    // A link is named by its topmost node. The heap is a skew heap (Sleator and Tarjan 1986) of links, greatest alpha first.
    private readonly double[] _alpha;
    private readonly double[] _gain;
    private readonly int[] _count;
    private readonly int[] _takenBy;
    private readonly int[] _heapLeft;
    private readonly int[] _heapRight;

    /// <param name="tree">The tree.</param>
    /// <param name="statistics">Its covers and impurities.</param>
    public WeakestLinks(Tree tree, TreeStatistics statistics)
    {
        int inner = tree.InnerCount;
        _alpha = new double[inner];
        _gain = new double[inner];
        _count = new int[inner];
        _takenBy = new int[inner];
        _heapLeft = new int[inner];
        _heapRight = new int[inner];
        var heap = new int[inner];
        double total = statistics.Cover(0);

        // Children are numbered after their parents.
        for (int node = inner - 1; node >= 0; node--)
        {
            int left = tree.Left(node);
            int right = tree.Right(node);
            _gain[node] = Math.Max(0, Risk(node) - Risk(left) - Risk(right));
            _count[node] = 1;
            _takenBy[node] = None;
            _heapLeft[node] = None;
            _heapRight[node] = None;
            heap[node] = Meld(left < inner ? heap[left] : None, right < inner ? heap[right] : None);
            TakeIn(node, ref heap[node]);
        }

        double Risk(int node) => statistics.Cover(node) / total * statistics.Impurity(node);
    }

    /// <summary>The alpha at which the link of a node is cut.</summary>
    public double Alpha(int node) => _alpha[node];

    /// <summary>What the splits that are cut with a node gained together, per unit of the tree's weight.</summary>
    public double Gain(int node) => _gain[node];

    /// <summary>How many splits are cut with a node.</summary>
    public int SplitCount(int node) => _count[node];

    /// <summary>The nodes at which links are cut, in the order in which that happens: rising alpha, of equals the first node.</summary>
    public int[] Order()
    {
        int[] nodes = [.. Enumerable.Range(0, _alpha.Length).Where(node => _takenBy[node] == None)];
        Array.Sort(nodes, (a, b) => _alpha[a] != _alpha[b] ? _alpha[a].CompareTo(_alpha[b]) : a.CompareTo(b));
        return nodes;
    }

    /// <summary>By inner node the alpha at which it ceases to be one, cut itself or with a node above.</summary>
    public double[] CollapseAlphas()
    {
        var alphas = new double[_alpha.Length];
        for (int node = 0; node < alphas.Length; node++)
        {
            // The node that took it in lies above it, so it is done already.
            alphas[node] = _takenBy[node] == None ? _alpha[node] : alphas[_takenBy[node]];
        }

        return alphas;
    }

    private void TakeIn(int node, ref int heap)
    {
        _alpha[node] = _gain[node];
        while (heap != None && _alpha[heap] >= _alpha[node])
        {
            int taken = heap;
            heap = Meld(_heapLeft[taken], _heapRight[taken]);
            _takenBy[taken] = node;
            _gain[node] += _gain[taken];
            _count[node] += _count[taken];
            _alpha[node] = _gain[node] / _count[node];
        }

        _heapLeft[node] = None;
        _heapRight[node] = None;
        heap = Meld(heap, node);
    }

    private int Meld(int a, int b)
    {
        if (a == None || b == None)
        {
            return Math.Max(a, b);
        }

        (a, b) = _alpha[a] >= _alpha[b] ? (a, b) : (b, a);
        int root = a;
        while (true)
        {
            // The children of a trade places, and b goes down where the right one was.
            int next = _heapRight[a];
            _heapRight[a] = _heapLeft[a];
            if (next == None)
            {
                _heapLeft[a] = b;
                return root;
            }

            (next, b) = _alpha[next] >= _alpha[b] ? (next, b) : (b, next);
            _heapLeft[a] = next;
            a = next;
        }
    }
}
