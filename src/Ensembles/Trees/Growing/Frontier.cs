namespace Ensembles.Trees.Growing;

/// <summary>The nodes that wait to be split; the order in which they leave is the growth policy.</summary>
internal abstract class Frontier
{
    public abstract void Push(in GrowingNode node);

    public abstract bool TryPop(out GrowingNode node);

    public static Frontier Create(GrowthOrder order) => order switch
    {
        GrowthOrder.DepthFirst => new DepthFirst(),
        GrowthOrder.LevelByLevel => new LevelByLevel(),
        _ => new BestFirst(),
    };

    /// <summary>The node made last leaves first: few nodes wait, and a tree is stored in the order of a walk.</summary>
    private sealed class DepthFirst : Frontier
    {
        private readonly Stack<GrowingNode> _stack = new();

        public override void Push(in GrowingNode node) => _stack.Push(node);

        public override bool TryPop(out GrowingNode node) => _stack.TryPop(out node);
    }

    /// <summary>The node made first leaves first: nodes leave in the order of their depth.</summary>
    private sealed class LevelByLevel : Frontier
    {
        private readonly Queue<GrowingNode> _queue = new();

        public override void Push(in GrowingNode node) => _queue.Enqueue(node);

        public override bool TryPop(out GrowingNode node) => _queue.TryDequeue(out node);
    }

    /// <summary>The node of the largest gain leaves first; of equals the one made first.</summary>
    private sealed class BestFirst : Frontier
    {
        private readonly PriorityQueue<GrowingNode, (double Gain, int Order)> _queue = new(Comparer.Instance);
        private int _made;

        public override void Push(in GrowingNode node) => _queue.Enqueue(node, (node.Split.Gain, _made++));

        public override bool TryPop(out GrowingNode node) => _queue.TryDequeue(out node, out _);

        private sealed class Comparer : IComparer<(double Gain, int Order)>
        {
            public static readonly Comparer Instance = new();

            public int Compare((double Gain, int Order) x, (double Gain, int Order) y) =>
                x.Gain != y.Gain ? y.Gain.CompareTo(x.Gain) : x.Order.CompareTo(y.Order);
        }
    }
}
