using Ensembles.Numerics;

namespace Ensembles.LinearBoosting;

/// <summary>
/// A round of coordinate descent on one output: which coefficients are visited, and by how much each moves. Within a round the hessians stay
/// and the gradients follow every step.
/// </summary>
/// <param name="columns">The data.</param>
/// <param name="recipe">The hyper-parameters.</param>
/// <param name="totalWeight">The sum of the weights of the rows, by which penalties are multiplied.</param>
internal sealed class CoordinateDescent(LinearColumns columns, ILinearBoostingRecipe recipe, double totalWeight)
{
    // A column of less curvature than this does not move, as XGBoost.
    private const double LeastHessian = 1e-5;

    private readonly double _l1 = recipe.L1 * totalWeight;
    private readonly double _l2 = recipe.L2 * totalWeight;

    /// <summary>Does a round.</summary>
    /// <param name="round">The number of the round.</param>
    /// <param name="output">The number of the output.</param>
    /// <param name="intercept">The intercept, which has no penalty and moves first.</param>
    /// <param name="coefficients">One a column.</param>
    /// <param name="gradients">One a row; changed.</param>
    /// <param name="hessians">One a row.</param>
    /// <param name="cancellationToken">Ends the round between two steps.</param>
    public void Run(
        int round,
        int output,
        ref double intercept,
        double[] coefficients,
        double[] gradients,
        double[] hessians,
        CancellationToken cancellationToken)
    {
        (double gradient, double hessian) = columns.Sum(gradients, hessians);
        double shift = recipe.LearningRate * -gradient / hessian;
        intercept += shift;
        columns.Step(shift, gradients, hessians);
        foreach (int column in Order(round, output, coefficients, gradients, hessians))
        {
            cancellationToken.ThrowIfCancellationRequested();
            double step = recipe.LearningRate * Delta(column, coefficients[column], gradients, hessians);
            if (step != 0)
            {
                coefficients[column] += step;
                columns.Step(column, step, gradients, hessians);
            }
        }
    }

    /// <summary>The columns to visit. Greedy choices are made as they are asked for, when the gradients have followed the last step.</summary>
    private IEnumerable<int> Order(int round, int output, double[] coefficients, double[] gradients, double[] hessians)
    {
        int count = columns.Count;
        int top = Math.Min(count, recipe.TopFeatures ?? count);
        switch (recipe.FeatureSelector)
        {
            case FeatureSelector.Shuffle:
                // One order for all outputs, as XGBoost.
                var order = new int[count];
                new RandomStream(KeyedRandom.Mix(recipe.Seed, (ulong)round)).SampleWithoutReplacement(count, order);
                return order;
            case FeatureSelector.Random:
                var stream = new RandomStream(KeyedRandom.Mix(recipe.Seed, (ulong)round, (ulong)output));
                return [.. Enumerable.Range(0, count).Select(_ => stream.NextInt(count))];
            case FeatureSelector.Greedy:
                return Enumerable.Range(0, top).Select(_ => Largest(Changes(coefficients, gradients, hessians)));
            case FeatureSelector.Thrifty:
                // Of equals the first: the sort is stable.
                double[] changes = Changes(coefficients, gradients, hessians);
                return [.. Enumerable.Range(0, count).OrderByDescending(column => changes[column]).Take(top)];
            default:
                return Enumerable.Range(0, count);
        }
    }

    private static int Largest(double[] changes)
    {
        int best = 0;
        for (int column = 1; column < changes.Length; column++)
        {
            best = changes[column] > changes[best] ? column : best;
        }

        return best;
    }

    private double[] Changes(double[] coefficients, double[] gradients, double[] hessians)
    {
        var changes = new double[coefficients.Length];
        for (int column = 0; column < changes.Length; column++)
        {
            changes[column] = Math.Abs(Delta(column, coefficients[column], gradients, hessians));
        }

        return changes;
    }

    /// <summary>
    /// From w to the minimum of G·d + ½H·d² + ½λ(w + d)² + α|w + d|: a step to the minimum on the side where it lies, not beyond 0.
    /// </summary>
    private double Delta(int column, double coefficient, double[] gradients, double[] hessians)
    {
        if (columns.IsConstant(column))
        {
            return 0;
        }

        (double gradient, double hessian) = columns.Sum(column, gradients, hessians);
        if (hessian < LeastHessian)
        {
            return 0;
        }

        double slope = gradient + (_l2 * coefficient);
        double curvature = hessian + _l2;
        return coefficient - (slope / curvature) >= 0
            ? Math.Max(-(slope + _l1) / curvature, -coefficient)
            : Math.Min(-(slope - _l1) / curvature, -coefficient);
    }
}
