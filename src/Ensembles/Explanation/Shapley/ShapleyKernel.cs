using System.Runtime.CompilerServices;

namespace Ensembles.Explanation.Shapley;

/// <summary>
/// Adds to the Shapley values of a block of rows what one tree gives them. With P(t) the product of the factors on the way to a node, and
/// with L(t) and R(t) the sums, over the leaves below its children, of value times the factors from the child on, the node gives its
/// feature (p − q)·∫ P·(L − R) dt over [0, 1]; the sum of the node itself is R + f·(L − R), f being the factor of its left edge. The
/// integrand is a polynomial, so Gauss–Legendre quadrature makes the integral exact, with half as many points as the way has features.
/// </summary>
/// <remarks>
/// The value of a tree in the coalition S is that of Lundberg et al. (2020), and so is the result; the closed form over t replaces their
/// polynomial arithmetic on subsets (compare Yu et al. 2022). All factors lie in [0, 1], so nothing cancels however deep a tree is.
/// </remarks>
/// <typeparam name="TLanes">The rows of a register.</typeparam>
internal static unsafe class ShapleyKernel<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Walks through a tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="weights">Its constants.</param>
    /// <param name="values">Leaves × width.</param>
    /// <param name="width">The number of values of a leaf.</param>
    /// <param name="rows">The number of rows of a block: a multiple of the lanes.</param>
    /// <param name="cells">Features × rows.</param>
    /// <param name="target">Width × features × rows, added to.</param>
    /// <param name="outputStride">From the first feature of a value to that of the next, in numbers.</param>
    /// <param name="scratch">The memory of the walk.</param>
    public static void Run(
        ShapleyTree tree,
        ShapleyWeights weights,
        double[] values,
        int width,
        int rows,
        double* cells,
        double* target,
        nint outputStride,
        ShapleyScratch scratch)
    {
        int points = tree.PointCount;
        nint plane = (nint)points * rows;
        scratch.Ensure(tree.Levels, points, width, rows);
        fixed (double* constants = weights.Constants, shares = weights.Shares, roots = weights.Roots, leaves = values)
        {
            for (int k = 0; k < points; k++)
            {
                TLanes root = TLanes.Of(roots[k]);
                for (int r = 0; r < rows; r += TLanes.Count)
                {
                    TLanes.Store(scratch.Products + (k * rows) + r, root);
                }
            }

            ReadOnlySpan<ShapleyNode> nodes = tree.Nodes;
            foreach (int step in tree.Steps)
            {
                int number = step >> ShapleyTree.KindBits;
                ref readonly ShapleyNode at = ref nodes[number];
                bool isAgain = at.Ancestor >= 0 && at.Feature != weights.Fixed;
                var node = new Place
                {
                    Rows = rows,
                    Points = points,
                    Share = shares[number],
                    Constants = constants + ((nint)number * points * ShapleyWeights.PerPoint),
                    Products = scratch.Products + (at.Slot * plane),
                    ChildProducts = scratch.Products + ((1 + (2 * at.Level)) * plane),
                    Factors = scratch.Factors + (at.Level * plane),
                    Sums = scratch.Sums + (at.Slot * plane * width),
                    ChildSums = scratch.Sums + ((1 + (2 * at.Level)) * plane * width),
                    Passes = scratch.Passes + ((nint)at.Level * rows),
                    Alive = isAgain ? scratch.Alive + ((nint)at.Level * rows) : null,
                    Totals = scratch.Totals,
                };
                int kind = step & ((1 << ShapleyTree.KindBits) - 1);
                if (kind != ShapleyTree.Up)
                {
                    Decide(at, cells + ((nint)at.Feature * rows), rows, node.Passes);
                    if (isAgain)
                    {
                        FindAlive(nodes, at, rows, node.Alive, scratch);
                    }
                }

                if (kind == ShapleyTree.Down)
                {
                    GoDown(node);
                    continue;
                }

                for (int o = 0; o < width; o++)
                {
                    double left = at.LeftLeaf < 0 ? 0 : leaves[(at.LeftLeaf * width) + o];
                    double right = at.RightLeaf < 0 ? 0 : leaves[(at.RightLeaf * width) + o];
                    double* sums = node.Sums + (o * plane);
                    if (kind == ShapleyTree.Bottom)
                    {
                        Touch(node, left - right, right, sums);
                    }
                    else
                    {
                        double* lefts = node.ChildSums + (o * plane);
                        double* rights = node.ChildSums + ((width + o) * plane);
                        if (at.LeftLeaf >= 0)
                        {
                            Fill(lefts, left, plane);
                        }
                        else if (at.RightLeaf >= 0)
                        {
                            Fill(rights, right, plane);
                        }

                        GoUp(node, lefts, rights, sums);
                    }

                    if (at.Feature != weights.Fixed)
                    {
                        Give(node, target + (o * outputStride) + ((nint)at.Feature * rows));
                    }
                }
            }
        }

        // The pointers do not keep its memory.
        GC.KeepAlive(scratch);
    }

    /// <summary>Which rows go left.</summary>
    private static void Decide(in ShapleyNode at, double* cells, int rows, double* passes)
    {
        if (at.Categories is { } categories)
        {
            for (int r = 0; r < rows; r++)
            {
                bool left = categories.TryGetCode(cells[r], out int code) ? categories.Contains(code) : at.DefaultLeft;
                passes[r] = left ? 1 : 0;
            }

            return;
        }

        TLanes threshold = TLanes.Of(at.Threshold);
        for (int r = 0; r < rows; r += TLanes.Count)
        {
            TLanes cell = TLanes.Load(cells + r);
            TLanes.Store(passes + r, at.DefaultLeft ? TLanes.NotAbove(cell, threshold) : TLanes.AtMost(cell, threshold));
        }
    }

    /// <summary>Which rows are on the side where a node lies of the nodes above that read its feature.</summary>
    private static void FindAlive(ReadOnlySpan<ShapleyNode> nodes, in ShapleyNode at, int rows, double* alive, ShapleyScratch scratch)
    {
        ref readonly ShapleyNode above = ref nodes[at.Ancestor];
        double* passesAbove = scratch.Passes + ((nint)above.Level * rows);
        double* aliveAbove = scratch.Alive + ((nint)above.Level * rows);
        TLanes one = TLanes.Of(1);
        for (int r = 0; r < rows; r += TLanes.Count)
        {
            TLanes passes = TLanes.Load(passesAbove + r);
            TLanes side = at.IsLeftOfAncestor ? passes : one - passes;
            TLanes.Store(alive + r, above.Ancestor >= 0 ? side * TLanes.Load(aliveAbove + r) : side);
        }
    }

    /// <summary>The factors of the left edge, and the products of both children.</summary>
    private static void GoDown(in Place node)
    {
        for (int first = 0; first < node.Points; first += IPointGroup.Most)
        {
            switch (node.Points - first)
            {
                case 1:
                    GoDown<OnePoint>(node, first);
                    break;
                case 2:
                    GoDown<TwoPoints>(node, first);
                    break;
                case 3:
                    GoDown<ThreePoints>(node, first);
                    break;
                default:
                    GoDown<FourPoints>(node, first);
                    break;
            }
        }
    }

    private static void GoDown<TGroup>(in Place node, int first)
        where TGroup : IPointGroup
    {
        nint rows = node.Rows;
        nint right = node.Points * rows;
        double* constants = node.Constants + (first * ShapleyWeights.PerPoint);
        double* passes = node.Passes;
        double* alive = node.Alive;
        double* products = node.Products + (first * rows);
        double* factors = node.Factors + (first * rows);
        double* children = node.ChildProducts + (first * rows);
        TLanes q = TLanes.Of(node.Share);
        if (alive is null)
        {
            for (nint r = 0; r < rows; r += TLanes.Count)
            {
                TLanes pass = TLanes.Load(passes + r);
                Part(Factor(constants, 0, pass), products + r, factors + r, children + r, right);
                if (TGroup.Count > 1)
                {
                    Part(Factor(constants, 1, pass), products + rows + r, factors + rows + r, children + rows + r, right);
                }

                if (TGroup.Count > 2)
                {
                    Part(Factor(constants, 2, pass), products + (2 * rows) + r, factors + (2 * rows) + r, children + (2 * rows) + r, right);
                }

                if (TGroup.Count > 3)
                {
                    Part(Factor(constants, 3, pass), products + (3 * rows) + r, factors + (3 * rows) + r, children + (3 * rows) + r, right);
                }
            }

            return;
        }

        for (nint r = 0; r < rows; r += TLanes.Count)
        {
            TLanes pass = TLanes.Load(passes + r);
            TLanes lives = TLanes.Load(alive + r);
            Part((lives * Factor(constants, 0, pass)) + q, products + r, factors + r, children + r, right);
            if (TGroup.Count > 1)
            {
                Part((lives * Factor(constants, 1, pass)) + q, products + rows + r, factors + rows + r, children + rows + r, right);
            }

            if (TGroup.Count > 2)
            {
                Part(
                    (lives * Factor(constants, 2, pass)) + q,
                    products + (2 * rows) + r,
                    factors + (2 * rows) + r,
                    children + (2 * rows) + r,
                    right);
            }

            if (TGroup.Count > 3)
            {
                Part(
                    (lives * Factor(constants, 3, pass)) + q,
                    products + (3 * rows) + r,
                    factors + (3 * rows) + r,
                    children + (3 * rows) + r,
                    right);
            }
        }
    }

    /// <summary>The factor of the left edge at a point, where the feature is met for the first time or the row is on the way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Factor(double* constants, int point, TLanes pass) =>
        (pass * TLanes.Of(constants[point * ShapleyWeights.PerPoint])) + TLanes.Of(constants[(point * ShapleyWeights.PerPoint) + 1]);

    /// <summary>Parts a product between the children.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Part(TLanes factor, double* products, double* factors, double* children, nint right)
    {
        TLanes product = TLanes.Load(products);
        TLanes left = product * factor;
        TLanes.Store(factors, factor);
        TLanes.Store(children, left);
        TLanes.Store(children + right, product - left);
    }

    /// <summary>The sums of a node, and the integral of what its children differ by.</summary>
    private static void GoUp(in Place node, double* lefts, double* rights, double* sums)
    {
        for (int first = 0; first < node.Points; first += IPointGroup.Most)
        {
            switch (node.Points - first)
            {
                case 1:
                    GoUp<OnePoint>(node, first, lefts, rights, sums);
                    break;
                case 2:
                    GoUp<TwoPoints>(node, first, lefts, rights, sums);
                    break;
                case 3:
                    GoUp<ThreePoints>(node, first, lefts, rights, sums);
                    break;
                default:
                    GoUp<FourPoints>(node, first, lefts, rights, sums);
                    break;
            }
        }
    }

    private static void Fill(double* target, double value, nint count)
    {
        TLanes all = TLanes.Of(value);
        for (nint i = 0; i < count; i += TLanes.Count)
        {
            TLanes.Store(target + i, all);
        }
    }

    private static void GoUp<TGroup>(in Place node, int first, double* lefts, double* rights, double* sums)
        where TGroup : IPointGroup
    {
        nint rows = node.Rows;
        double* gains = node.Constants + (first * ShapleyWeights.PerPoint) + 2;
        double* products = node.Products + (first * rows);
        double* factors = node.Factors + (first * rows);
        double* totals = node.Totals;
        lefts += first * rows;
        rights += first * rows;
        sums += first * rows;
        TLanes gain0 = TLanes.Of(gains[0]);
        TLanes gain1 = TLanes.Of(TGroup.Count > 1 ? gains[ShapleyWeights.PerPoint] : 0);
        TLanes gain2 = TLanes.Of(TGroup.Count > 2 ? gains[2 * ShapleyWeights.PerPoint] : 0);
        TLanes gain3 = TLanes.Of(TGroup.Count > 3 ? gains[3 * ShapleyWeights.PerPoint] : 0);
        for (nint r = 0; r < rows; r += TLanes.Count)
        {
            TLanes total = Join(lefts + r, rights + r, factors + r, products + r, sums + r) * gain0;
            if (TGroup.Count > 1)
            {
                nint i = rows + r;
                total += Join(lefts + i, rights + i, factors + i, products + i, sums + i) * gain1;
            }

            if (TGroup.Count > 2)
            {
                nint i = (2 * rows) + r;
                total += Join(lefts + i, rights + i, factors + i, products + i, sums + i) * gain2;
            }

            if (TGroup.Count > 3)
            {
                nint i = (3 * rows) + r;
                total += Join(lefts + i, rights + i, factors + i, products + i, sums + i) * gain3;
            }

            TLanes.Store(totals + r, first == 0 ? total : TLanes.Load(totals + r) + total);
        }
    }

    /// <summary>The sum of a node from those of its children, and the product times what they differ by.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Join(double* lefts, double* rights, double* factors, double* products, double* sums)
    {
        TLanes right = TLanes.Load(rights);
        TLanes difference = TLanes.Load(lefts) - right;
        TLanes.Store(sums, right + (TLanes.Load(factors) * difference));
        return TLanes.Load(products) * difference;
    }

    /// <summary>Down and up at once, at a node of two leaves: their difference is the same for all points.</summary>
    private static void Touch(in Place node, double difference, double right, double* sums)
    {
        for (int first = 0; first < node.Points; first += IPointGroup.Most)
        {
            switch (node.Points - first)
            {
                case 1:
                    Touch<OnePoint>(node, first, difference, right, sums);
                    break;
                case 2:
                    Touch<TwoPoints>(node, first, difference, right, sums);
                    break;
                case 3:
                    Touch<ThreePoints>(node, first, difference, right, sums);
                    break;
                default:
                    Touch<FourPoints>(node, first, difference, right, sums);
                    break;
            }
        }
    }

    private static void Touch<TGroup>(in Place node, int first, double difference, double right, double* sums)
        where TGroup : IPointGroup
    {
        nint rows = node.Rows;
        double* constants = node.Constants + (first * ShapleyWeights.PerPoint);
        double* passes = node.Passes;
        double* alive = node.Alive;
        double* products = node.Products + (first * rows);
        double* totals = node.Totals;
        sums += first * rows;
        TLanes change = TLanes.Of(difference);
        TLanes ofRight = TLanes.Of(right);
        TLanes q = TLanes.Of(node.Share);
        if (alive is null)
        {
            for (nint r = 0; r < rows; r += TLanes.Count)
            {
                TLanes pass = TLanes.Load(passes + r);
                TLanes total = TLanes.Load(products + r);
                TLanes.Store(sums + r, (Factor(constants, 0, pass) * change) + ofRight);
                if (TGroup.Count > 1)
                {
                    total += TLanes.Load(products + rows + r);
                    TLanes.Store(sums + rows + r, (Factor(constants, 1, pass) * change) + ofRight);
                }

                if (TGroup.Count > 2)
                {
                    total += TLanes.Load(products + (2 * rows) + r);
                    TLanes.Store(sums + (2 * rows) + r, (Factor(constants, 2, pass) * change) + ofRight);
                }

                if (TGroup.Count > 3)
                {
                    total += TLanes.Load(products + (3 * rows) + r);
                    TLanes.Store(sums + (3 * rows) + r, (Factor(constants, 3, pass) * change) + ofRight);
                }

                total *= change;
                TLanes.Store(totals + r, first == 0 ? total : TLanes.Load(totals + r) + total);
            }

            return;
        }

        for (nint r = 0; r < rows; r += TLanes.Count)
        {
            TLanes pass = TLanes.Load(passes + r);
            TLanes lives = TLanes.Load(alive + r);
            TLanes total = TLanes.Load(products + r) * TLanes.Of(constants[2]);
            TLanes.Store(sums + r, (((lives * Factor(constants, 0, pass)) + q) * change) + ofRight);
            if (TGroup.Count > 1)
            {
                total += TLanes.Load(products + rows + r) * TLanes.Of(constants[2 + ShapleyWeights.PerPoint]);
                TLanes.Store(sums + rows + r, (((lives * Factor(constants, 1, pass)) + q) * change) + ofRight);
            }

            if (TGroup.Count > 2)
            {
                total += TLanes.Load(products + (2 * rows) + r) * TLanes.Of(constants[2 + (2 * ShapleyWeights.PerPoint)]);
                TLanes.Store(sums + (2 * rows) + r, (((lives * Factor(constants, 2, pass)) + q) * change) + ofRight);
            }

            if (TGroup.Count > 3)
            {
                total += TLanes.Load(products + (3 * rows) + r) * TLanes.Of(constants[2 + (3 * ShapleyWeights.PerPoint)]);
                TLanes.Store(sums + (3 * rows) + r, (((lives * Factor(constants, 3, pass)) + q) * change) + ofRight);
            }

            total *= change;
            TLanes.Store(totals + r, first == 0 ? total : TLanes.Load(totals + r) + total);
        }
    }

    /// <summary>Adds to the values of the node's feature.</summary>
    private static void Give(in Place node, double* target)
    {
        TLanes q = TLanes.Of(node.Share);
        for (int r = 0; r < node.Rows; r += TLanes.Count)
        {
            TLanes value = (TLanes.Load(node.Passes + r) - q) * TLanes.Load(node.Totals + r);
            value = node.Alive is null ? value : value * TLanes.Load(node.Alive + r);
            TLanes.Store(target + r, TLanes.Load(target + r) + value);
        }
    }

    /// <summary>What belongs to a node: all by point and row, or by row.</summary>
    private ref struct Place
    {
        public int Rows;
        public int Points;
        public double Share;
        public double* Constants;
        public double* Products;
        public double* ChildProducts;
        public double* Factors;
        public double* Sums;
        public double* ChildSums;
        public double* Passes;
        public double* Alive;
        public double* Totals;
    }
}
