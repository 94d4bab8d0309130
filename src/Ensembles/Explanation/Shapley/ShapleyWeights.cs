using Ensembles.Numerics;

namespace Ensembles.Explanation.Shapley;

/// <summary>
/// The constants of a walk. A feature that is not in the coalition sends the share q of a row left; a feature that is, sends the row to
/// its own side, p = 1 or 0. The Shapley value is the integral over t of what a feature changes where each other feature is in the
/// coalition with probability t (Owen 1972), so an edge has the factor t·p + (1 − t)·q.
/// </summary>
/// <remarks>
/// Where a feature is met again below an edge of p = 1 and share q', its factor changes from t + (1 − t)·q' to t·p + (1 − t)·q'·q: by
/// (t·p + (1 − t)·q'·q)/(t + (1 − t)·q'). What this adds to the value of the feature is (p − q)·q'/(t + (1 − t)·q')² of what the subtrees
/// differ by. Below an edge of p = 0 the factors are the shares, and nothing is added.
/// </remarks>
internal sealed class ShapleyWeights
{
    /// <summary>The constants of a node for one point: the factor is p·Slope + Offset, and Gain is that of a feature met again.</summary>
    public const int PerPoint = 3;

    /// <param name="tree">The tree.</param>
    /// <param name="shares">By inner node the share of rows that go left.</param>
    /// <param name="scale">What all values are multiplied by.</param>
    public ShapleyWeights(ShapleyTree tree, double[] shares, double scale)
    {
        int points = tree.PointCount;
        GaussLegendre rule = GaussLegendre.Of(points);
        Shares = shares;
        Roots = Array.ConvertAll(rule.Weights, weight => scale * weight);
        Fixed = -1;
        Constants = new double[tree.Nodes.Length * points * PerPoint];
        var above = new double[tree.Nodes.Length];
        for (int node = 0; node < shares.Length; node++)
        {
            ShapleyNode at = tree.Nodes[node];
            double q = shares[node];
            if (at.Ancestor >= 0)
            {
                double before = tree.Nodes[at.Ancestor].Ancestor < 0 ? 1 : above[at.Ancestor];
                above[node] = before * (at.IsLeftOfAncestor ? shares[at.Ancestor] : 1 - shares[at.Ancestor]);
            }

            for (int k = 0; k < points; k++)
            {
                double t = rule.Points[k];
                Span<double> constants = Constants.AsSpan(((node * points) + k) * PerPoint, PerPoint);
                if (at.Ancestor < 0)
                {
                    constants[0] = t;
                    constants[1] = (1 - t) * q;
                    constants[2] = 1;
                }
                else
                {
                    double factor = t + ((1 - t) * above[node]);
                    constants[0] = t / factor;
                    constants[1] = ((1 - t) * above[node] * q / factor) - q;
                    constants[2] = above[node] / (factor * factor);
                }
            }
        }
    }

    /// <param name="game">The constants of the same tree where all features have a part.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="scale">What all values are multiplied by.</param>
    /// <param name="feature">A feature that has no part in the game.</param>
    /// <param name="isPresent">Whether it is known all the same, and not unknown.</param>
    public ShapleyWeights(ShapleyWeights game, ShapleyTree tree, double scale, int feature, bool isPresent)
    {
        int points = tree.PointCount;
        Shares = game.Shares;
        Roots = Array.ConvertAll(GaussLegendre.Of(points).Weights, weight => scale * weight);
        Fixed = feature;
        Constants = [.. game.Constants];
        for (int node = 0; node < Shares.Length; node++)
        {
            if (tree.Nodes[node].Feature == feature)
            {
                for (int k = 0; k < points; k++)
                {
                    Span<double> constants = Constants.AsSpan(((node * points) + k) * PerPoint, PerPoint);
                    constants[0] = isPresent ? 1 : 0;
                    constants[1] = isPresent ? 0 : Shares[node];
                    constants[2] = 1;
                }
            }
        }
    }

    /// <summary>By inner node the share of rows that go left.</summary>
    public double[] Shares { get; }

    /// <summary>The weights of the points, scaled.</summary>
    public double[] Roots { get; }

    /// <summary>The feature that has no part in the game; −1 where all have.</summary>
    public int Fixed { get; }

    /// <summary>
    /// By inner node and point <see cref="PerPoint"/> numbers. The offset of a feature that is met again has the share taken off, as it is
    /// added where p of the edge above is 0.
    /// </summary>
    public double[] Constants { get; }
}
