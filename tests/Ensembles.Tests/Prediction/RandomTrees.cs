using Ensembles.Numerics;
using Ensembles.Prediction;
using Ensembles.Trees;

namespace Ensembles.Tests.Prediction;

/// <summary>Trees of no use but with everything a tree may have.</summary>
internal sealed record RandomTrees
{
    public int Count { get; init; } = 7;

    public int Leaves { get; init; } = 31;

    public int Features { get; init; } = 5;

    /// <summary>How many different thresholds there may be; 0 for no bound.</summary>
    public int Thresholds { get; init; }

    /// <summary>The share of nodes that ask for a category, of the last two features.</summary>
    public double Categorical { get; init; }

    /// <summary>How many values a leaf has.</summary>
    public int Width { get; init; } = 1;

    /// <summary>Whether a leaf splits further the sooner the younger it is: chains instead of bushes.</summary>
    public bool Chains { get; init; }

    public ulong Seed { get; init; } = 1;

    public override string ToString() =>
        $"{Count} × {Leaves}, {Features} features, {Thresholds} thresholds, {Categorical} categorical, width {Width}" +
        (Chains ? ", chains" : string.Empty);

    public Tree[] Draw()
    {
        var random = new RandomStream(Seed);
        var trees = new Tree[Count];
        for (int t = 0; t < Count; t++)
        {
            // Trees of one leaf and of a few are among the others.
            trees[t] = Draw(random, t % 5 == 3 ? 1 + random.NextInt(Math.Min(4, Leaves)) : Leaves);
        }

        return trees;
    }

    private Tree Draw(RandomStream random, int leaves)
    {
        int inner = leaves - 1;
        var feature = new int[inner];
        var threshold = new double[inner];
        var left = new int[inner];
        var right = new int[inner];
        var defaultLeft = new bool[inner];
        var categories = new CategorySet?[inner];
        var open = new List<(int Parent, bool IsLeft)> { (-1, false) };
        for (int node = 0; node < inner; node++)
        {
            int place = Chains ? open.Count - 1 : random.NextInt(open.Count);
            Link(open[place], node, left, right);
            open.RemoveAt(place);
            bool categorical = random.NextDouble() < Categorical;
            feature[node] = categorical ? Features - 1 - random.NextInt(2) : random.NextInt(Categorical > 0 ? Features - 2 : Features);
            categories[node] = categorical ? Set(random, feature[node] == Features - 1 ? 70 : 5) : null;
            threshold[node] = categorical ? 0 : Threshold(random);
            defaultLeft[node] = random.NextInt(2) == 0;
            open.Add((node, true));
            open.Add((node, false));
        }

        for (int leaf = 0; leaf < open.Count; leaf++)
        {
            Link(open[leaf], inner + leaf, left, right);
        }

        var values = new double[leaves * Width];
        foreach (ref double value in values.AsSpan())
        {
            value = random.NextGaussian();
        }

        return new Tree(feature, threshold, left, right, defaultLeft, categories, values, Width);
    }

    private double Threshold(RandomStream random)
    {
        int kind = random.NextInt(40);
        double drawn = Thresholds == 0 ? random.NextGaussian() : random.NextInt(Thresholds) - (Thresholds / 2);
        return kind switch
        {
            0 => double.NegativeInfinity,
            1 => double.PositiveInfinity,
            2 => double.Epsilon,
            3 => -float.Epsilon,
            4 => 1e300,
            5 => -1e300,
            6 => 1e-310,
            7 => (float)drawn,
            8 => -0.0,
            9 => float.MaxValue,
            _ => drawn,
        };
    }

    private static CategorySet Set(RandomStream random, int count)
    {
        var members = new bool[count];
        for (int code = 0; code < count; code++)
        {
            members[code] = random.NextInt(3) == 0;
        }

        return new CategorySet(count, members);
    }

    private static void Link((int Parent, bool IsLeft) place, int node, int[] left, int[] right)
    {
        if (place.Parent >= 0)
        {
            (place.IsLeft ? left : right)[place.Parent] = node;
        }
    }
}
