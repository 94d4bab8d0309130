using System.Runtime.CompilerServices;

namespace Ensembles.Metrics;

/// <summary>The checks that all metrics share; each message names the argument and the row.</summary>
internal static class MetricArguments
{
    // How far the probabilities of a row may sum from 1: room for single-precision softmaxes over many classes.
    private const double SumTolerance = 1e-4;

    public static void RequireRows(int rows, string name)
    {
        if (rows == 0)
        {
            throw new ArgumentException("There is no row to measure.", name);
        }
    }

    public static void RequireLength(
        int length,
        int expected,
        [CallerArgumentExpression(nameof(length))] string name = "")
    {
        if (length != expected)
        {
            // Callers pass "argument.Length".
            name = name.Split('.')[0];
            throw new ArgumentException(Text($"{name} has {length} values, expected {expected}."), name);
        }
    }

    /// <summary>Empty, or one finite non-negative weight a row, not all zero.</summary>
    public static void RequireWeights(ReadOnlySpan<double> weights, int rows)
    {
        if (weights.IsEmpty)
        {
            return;
        }

        RequireLength(weights.Length, rows);
        bool positive = false;
        for (int row = 0; row < weights.Length; row++)
        {
            if (!double.IsFinite(weights[row]) || weights[row] < 0)
            {
                throw new ArgumentException(
                    Text($"Row {row}: the weight is {weights[row]}, it must be finite and not negative."), nameof(weights));
            }

            positive |= weights[row] > 0;
        }

        if (!positive)
        {
            throw new ArgumentException("All weights are zero.", nameof(weights));
        }
    }

    public static void RequireClasses(
        ReadOnlySpan<int> labels,
        int classCount,
        [CallerArgumentExpression(nameof(labels))] string name = "")
    {
        for (int row = 0; row < labels.Length; row++)
        {
            if ((uint)labels[row] >= (uint)classCount)
            {
                throw new ArgumentException(
                    Text($"Row {row}: {name} holds {labels[row]}, outside the classes 0 to {classCount - 1}."), name);
            }
        }
    }

    public static void RequireNotNegative(
        ReadOnlySpan<int> labels,
        [CallerArgumentExpression(nameof(labels))] string name = "")
    {
        for (int row = 0; row < labels.Length; row++)
        {
            if (labels[row] < 0)
            {
                throw new ArgumentException(Text($"Row {row}: {name} holds {labels[row]}, but classes count from 0."), name);
            }
        }
    }

    public static void RequireClassCount(int classCount)
    {
        if (classCount < 2)
        {
            throw new ArgumentOutOfRangeException(nameof(classCount), classCount, "There must be at least 2 classes.");
        }
    }

    public static void RequireFinite(
        ReadOnlySpan<double> values,
        [CallerArgumentExpression(nameof(values))] string name = "")
    {
        for (int row = 0; row < values.Length; row++)
        {
            if (!double.IsFinite(values[row]))
            {
                throw new ArgumentException(Text($"Row {row}: {name} holds {values[row]}, it must be finite."), name);
            }
        }
    }

    public static void RequireNoNaN(
        ReadOnlySpan<double> values,
        [CallerArgumentExpression(nameof(values))] string name = "")
    {
        for (int row = 0; row < values.Length; row++)
        {
            if (double.IsNaN(values[row]))
            {
                throw new ArgumentException(Text($"Row {row}: {name} holds NaN."), name);
            }
        }
    }

    public static void RequireProbabilities(
        ReadOnlySpan<double> values,
        [CallerArgumentExpression(nameof(values))] string name = "")
    {
        for (int row = 0; row < values.Length; row++)
        {
            if (!(values[row] >= 0 && values[row] <= 1))
            {
                throw new ArgumentException(Text($"Row {row}: {name} holds {values[row]}, outside 0 to 1."), name);
            }
        }
    }

    /// <summary>Row-major, <paramref name="classCount"/> probabilities a row, each row adding up to 1.</summary>
    public static void RequireProbabilityRows(ReadOnlySpan<double> probabilities, int rows, int classCount)
    {
        if (probabilities.Length != (long)rows * classCount)
        {
            throw new ArgumentException(
                Text($"{nameof(probabilities)} has {probabilities.Length} values, expected {rows} rows of {classCount} classes."),
                nameof(probabilities));
        }

        for (int row = 0; row < rows; row++)
        {
            double sum = 0;
            for (int k = 0; k < classCount; k++)
            {
                double p = probabilities[(row * classCount) + k];
                if (!(p >= 0 && p <= 1))
                {
                    throw new ArgumentException(
                        Text($"Row {row}, class {k}: the probability is {p}, outside 0 to 1."), nameof(probabilities));
                }

                sum += p;
            }

            if (Math.Abs(sum - 1) > SumTolerance)
            {
                throw new ArgumentException(Text($"Row {row}: the probabilities add up to {sum}, not to 1."), nameof(probabilities));
            }
        }
    }

    /// <summary>What the regression metrics ask of their three arguments.</summary>
    public static void RequireRegression(
        ReadOnlySpan<double> targets,
        ReadOnlySpan<double> predictions,
        ReadOnlySpan<double> weights)
    {
        RequireRows(targets.Length, nameof(targets));
        RequireLength(predictions.Length, targets.Length);
        RequireWeights(weights, targets.Length);
        RequireFinite(targets);
        RequireFinite(predictions);
    }

    /// <summary>What the metrics of predicted classes ask of their three arguments.</summary>
    public static void RequirePredictedClasses(
        ReadOnlySpan<int> labels,
        ReadOnlySpan<int> predictions,
        ReadOnlySpan<double> weights)
    {
        RequireRows(labels.Length, nameof(labels));
        RequireLength(predictions.Length, labels.Length);
        RequireNotNegative(labels);
        RequireNotNegative(predictions);
        RequireWeights(weights, labels.Length);
    }

    /// <summary>What the metrics of binary scores and probabilities ask of labels and weights.</summary>
    public static void RequireBinary(ReadOnlySpan<int> labels, ReadOnlySpan<double> weights)
    {
        RequireRows(labels.Length, nameof(labels));
        RequireClasses(labels, 2);
        RequireWeights(weights, labels.Length);
    }

    /// <summary>What the metrics of class probabilities ask of their arguments.</summary>
    public static void RequireMulticlass(
        ReadOnlySpan<int> labels,
        ReadOnlySpan<double> probabilities,
        int classCount,
        ReadOnlySpan<double> weights)
    {
        RequireClassCount(classCount);
        RequireRows(labels.Length, nameof(labels));
        RequireProbabilityRows(probabilities, labels.Length, classCount);
        RequireClasses(labels, classCount);
        RequireWeights(weights, labels.Length);
    }

    public static string Text(FormattableString message) => FormattableString.Invariant(message);
}
