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
                int node = step >> ShapleyTree.KindBits;
                ref readonly ShapleyNode at = ref nodes[node];
                double* ofNode = constants + ((nint)node * points * ShapleyWeights.PerPoint);
                double* products = scratch.Products + (at.Level * plane);
                double* factors = scratch.Factors + (at.Level * plane);
                double* passes = scratch.Passes + ((nint)at.Level * rows);
                bool isAgain = at.Ancestor >= 0 && at.Feature != weights.Fixed;
                double* alive = isAgain ? scratch.Alive + ((nint)at.Level * rows) : null;
                double* mine = at.Feature == weights.Fixed ? null : target + ((nint)at.Feature * rows);
                int kind = step & ((1 << ShapleyTree.KindBits) - 1);
                switch (kind)
                {
                    case ShapleyTree.Turn:
                        for (nint i = 0; i < plane; i += TLanes.Count)
                        {
                            TLanes product = TLanes.Load(products + i);
                            TLanes.Store(products + plane + i, product - (product * TLanes.Load(factors + i)));
                        }

                        break;
                    case ShapleyTree.Up:
                        GoUp(at, ofNode, shares[node], leaves, width, rows, points, products, factors, passes, alive, mine, outputStride, scratch);
                        break;
                    default:
                        Decide(at, cells + ((nint)at.Feature * rows), rows, passes);
                        if (isAgain)
                        {
                            FindAlive(nodes, at, rows, alive, scratch);
                        }

                        if (kind == ShapleyTree.Down)
                        {
                            GoDown(at, ofNode, shares[node], rows, points, products, factors, passes, alive);
                        }
                        else
                        {
                            Touch(at, ofNode, shares[node], leaves, width, rows, points, products, passes, alive, mine, outputStride, scratch);
                        }

                        break;
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

    private static void GoDown(
        in ShapleyNode at,
        double* constants,
        double share,
        int rows,
        int points,
        double* products,
        double* factors,
        double* passes,
        double* alive)
    {
        nint plane = (nint)points * rows;
        bool leftIsInner = at.LeftLeaf < 0;
        TLanes q = TLanes.Of(share);
        for (int r = 0; r < rows; r += TLanes.Count)
        {
            TLanes pass = TLanes.Load(passes + r);
            double* ofPoint = constants;
            double* end = products + plane;
            for (nint i = r; i < plane; i += rows, ofPoint += ShapleyWeights.PerPoint)
            {
                TLanes factor = (pass * TLanes.Of(ofPoint[0])) + TLanes.Of(ofPoint[1]);
                if (alive is not null)
                {
                    factor = (TLanes.Load(alive + r) * factor) + q;
                }

                TLanes.Store(factors + i, factor);
                if (leftIsInner)
                {
                    TLanes.Store(end + i, TLanes.Load(products + i) * factor);
                }
            }
        }
    }

    private static void GoUp(
        in ShapleyNode at,
        double* constants,
        double share,
        double* leaves,
        int width,
        int rows,
        int points,
        double* products,
        double* factors,
        double* passes,
        double* alive,
        double* target,
        nint outputStride,
        ShapleyScratch scratch)
    {
        nint plane = (nint)points * rows;
        double* sums = scratch.Sums + (at.Slot * plane * width);
        double* lefts = scratch.Sums + (2 * at.Level * plane * width);
        double* rights = lefts + (plane * width);
        TLanes q = TLanes.Of(share);
        for (int o = 0; o < width; o++, sums += plane, lefts += plane, rights += plane)
        {
            TLanes leftLeaf = TLanes.Of(at.LeftLeaf < 0 ? 0 : leaves[(at.LeftLeaf * width) + o]);
            TLanes rightLeaf = TLanes.Of(at.RightLeaf < 0 ? 0 : leaves[(at.RightLeaf * width) + o]);
            for (int r = 0; r < rows; r += TLanes.Count)
            {
                TLanes total = TLanes.Of(0);
                double* gain = constants + 2;
                for (nint i = r; i < plane; i += rows, gain += ShapleyWeights.PerPoint)
                {
                    TLanes right = at.RightLeaf < 0 ? TLanes.Load(rights + i) : rightLeaf;
                    TLanes difference = (at.LeftLeaf < 0 ? TLanes.Load(lefts + i) : leftLeaf) - right;
                    TLanes.Store(sums + i, right + (TLanes.Load(factors + i) * difference));
                    TLanes integrand = TLanes.Load(products + i) * difference;
                    total += alive is null ? integrand : integrand * TLanes.Of(*gain);
                }

                if (target is not null)
                {
                    Give(target + (o * outputStride) + r, total, TLanes.Load(passes + r) - q, alive is null ? null : alive + r);
                }
            }
        }
    }

    /// <summary>Down and up at once, at a node of two leaves: their difference is the same for all points.</summary>
    private static void Touch(
        in ShapleyNode at,
        double* constants,
        double share,
        double* leaves,
        int width,
        int rows,
        int points,
        double* products,
        double* passes,
        double* alive,
        double* target,
        nint outputStride,
        ShapleyScratch scratch)
    {
        nint plane = (nint)points * rows;
        double* sums = scratch.Sums + (at.Slot * plane * width);
        TLanes q = TLanes.Of(share);
        for (int o = 0; o < width; o++, sums += plane)
        {
            TLanes right = TLanes.Of(leaves[(at.RightLeaf * width) + o]);
            TLanes difference = TLanes.Of(leaves[(at.LeftLeaf * width) + o]) - right;
            for (int r = 0; r < rows; r += TLanes.Count)
            {
                TLanes pass = TLanes.Load(passes + r);
                TLanes total = TLanes.Of(0);
                double* ofPoint = constants;
                for (nint i = r; i < plane; i += rows, ofPoint += ShapleyWeights.PerPoint)
                {
                    TLanes factor = (pass * TLanes.Of(ofPoint[0])) + TLanes.Of(ofPoint[1]);
                    TLanes product = TLanes.Load(products + i);
                    if (alive is not null)
                    {
                        factor = (TLanes.Load(alive + r) * factor) + q;
                        product *= TLanes.Of(ofPoint[2]);
                    }

                    TLanes.Store(sums + i, right + (factor * difference));
                    total += product;
                }

                if (target is not null)
                {
                    Give(target + (o * outputStride) + r, total * difference, pass - q, alive is null ? null : alive + r);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Give(double* target, TLanes integral, TLanes change, double* alive)
    {
        TLanes value = change * integral;
        TLanes.Store(target, TLanes.Load(target) + (alive is null ? value : value * TLanes.Load(alive)));
    }
}
