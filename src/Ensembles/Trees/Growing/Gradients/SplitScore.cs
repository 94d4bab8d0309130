using System.Runtime.CompilerServices;

namespace Ensembles.Trees.Growing.Gradients;

/// <summary>The objective at the splits of one feature of one node: with the bounds of the node and the order of the children.</summary>
/// <param name="Objective">The objective of a leaf.</param>
/// <param name="Lower">The least weight of a child.</param>
/// <param name="Upper">The greatest weight of a child.</param>
/// <param name="Direction">1 where the left weight must not exceed the right one, −1 where it must not be below, 0 for any order.</param>
internal readonly record struct SplitScore(NewtonScore Objective, double Lower, double Upper, int Direction)
{
    /// <summary>The score of an objective without bounds and order.</summary>
    public static implicit operator SplitScore(NewtonScore objective) =>
        new(objective, double.NegativeInfinity, double.PositiveInfinity, 0);

    /// <summary>Whether the score is G²/(H + λ), without anything else.</summary>
    public bool IsPlain => Objective.IsPlain && Direction == 0 && IsUnbounded;

    /// <summary>λ.</summary>
    public double L2 => Objective.L2;

    private bool IsUnbounded => double.IsNegativeInfinity(Lower) && double.IsPositiveInfinity(Upper);

    /// <summary>The score of a feature of a node.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="constraints">Those of the fit, or null.</param>
    /// <param name="node">Those of the node; null where the fit has none.</param>
    /// <param name="column">The feature.</param>
    public static SplitScore Of(in NewtonScore objective, GrowthConstraints? constraints, NodeConstraints? node, int column) =>
        constraints is null || node is null
            ? objective
            : new SplitScore(objective, node.Lower, node.Upper, constraints.Direction(column));

    /// <summary>S(node).</summary>
    public double Node(double gradient, double hessian) =>
        IsUnbounded ? Objective.Score(gradient, hessian) : Objective.ScoreAt(gradient, hessian, Weight(gradient, hessian));

    /// <summary>S(left) + S(right), or −∞ where the weights are in the wrong order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Split(double leftGradient, double leftHessian, double rightGradient, double rightHessian) =>
        Direction == 0 && IsUnbounded
            ? Objective.Score(leftGradient, leftHessian) + Objective.Score(rightGradient, rightHessian)
            : Constrained(leftGradient, leftHessian, rightGradient, rightHessian);

    private double Constrained(double leftGradient, double leftHessian, double rightGradient, double rightHessian)
    {
        double left = Weight(leftGradient, leftHessian);
        double right = Weight(rightGradient, rightHessian);
        return Direction * (left - right) > 0
            ? double.NegativeInfinity
            : Objective.ScoreAt(leftGradient, leftHessian, left) + Objective.ScoreAt(rightGradient, rightHessian, right);
    }

    private double Weight(double gradient, double hessian) => Math.Clamp(Objective.Weight(gradient, hessian), Lower, Upper);
}
