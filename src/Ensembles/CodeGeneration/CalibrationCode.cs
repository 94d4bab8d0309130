using System.Globalization;
using System.Text;
using Ensembles.Calibration;

namespace Ensembles.CodeGeneration;

/// <summary>What calibration does to the probabilities of a member, as statements over the span said.</summary>
internal static class CalibrationCode
{
    /// <summary>The function through the knots of an isotonic regression.</summary>
    public const string Isotonic =
        """
        private static double Isotonic(double p, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
        {
            if (p <= x[0])
            {
                return y[0];
            }

            if (p >= x[x.Length - 1])
            {
                return y[y.Length - 1];
            }

            int found = x.BinarySearch(p);
            if (found >= 0)
            {
                return y[found];
            }

            int above = ~found;
            double slope = (y[above] - y[above - 1]) / (x[above] - x[above - 1]);
            return Math.Min((slope * (p - x[above - 1])) + y[above - 1], y[above]);
        }
        """;

    /// <summary>The log odds of a probability with a share of the uniform one.</summary>
    public const string LogOdds =
        """
        private static double LogOdds(double p, double share)
        {
            double mixed = ((1 - share) * p) + (share / 2);
            return DeterministicMath.Log(mixed / (1 - mixed));
        }
        """;

    /// <summary>Scales probabilities by a temperature.</summary>
    public const string Temperature =
        """
        private static void Scale(Span<double> said, double inverse, double share)
        {
            double greatest = double.NegativeInfinity;
            for (int k = 0; k < said.Length; k++)
            {
                said[k] = inverse * DeterministicMath.Log(((1 - share) * said[k]) + (share / said.Length));
                greatest = Math.Max(greatest, said[k]);
            }

            double sum = 0;
            for (int k = 0; k < said.Length; k++)
            {
                said[k] = DeterministicMath.Exp(said[k] - greatest);
                sum += said[k];
            }

            for (int k = 0; k < said.Length; k++)
            {
                said[k] /= sum;
            }
        }
        """;

    /// <summary>Calibrates the probabilities that a member says.</summary>
    /// <param name="calibrator">How.</param>
    /// <param name="recipe">By what method, of what.</param>
    /// <param name="classCount">The number of classes.</param>
    public static string Apply(ProbabilityCalibrator calibrator, CalibratedClassifier recipe, int classCount)
    {
        if (recipe.Method == CalibrationMethod.Temperature)
        {
            return calibrator.Temperature is { } scaling
                ? $"Scale(said, {CodeWriter.Number(1 / scaling.Temperature)}, {CodeWriter.Number(scaling.UniformShare)});\n"
                : string.Empty;
        }

        if (classCount == 2)
        {
            return $"said[1] = {Calibrated(calibrator, recipe, 0, "said[1]")};\nsaid[0] = 1 - said[1];\n";
        }

        var text = new StringBuilder("sum = 0;\n");
        for (int k = 0; k < classCount; k++)
        {
            string p = string.Create(CultureInfo.InvariantCulture, $"said[{k}]");
            text.Append(CultureInfo.InvariantCulture, $"{p} = {Calibrated(calibrator, recipe, k, p)};\nsum += {p};\n");
        }

        return text.Append(
            """
            for (int k = 0; k < said.Length; k++)
            {
                said[k] = sum > 0 ? said[k] / sum : 1.0 / said.Length;
            }

            """).ToString();
    }

    private static string Calibrated(ProbabilityCalibrator calibrator, CalibratedClassifier recipe, int k, string p)
    {
        if (recipe.Method == CalibrationMethod.Isotonic)
        {
            return calibrator.Isotonic[k] is { } function ? $"Isotonic({p}, {Constants(function.X)}, {Constants(function.Y)})" : p;
        }

        if (calibrator.Platt[k] is not { } scaling)
        {
            return p;
        }

        string input = recipe.Input == CalibrationInput.Probability ? p : $"LogOdds({p}, {CodeWriter.Number(calibrator.UniformShare)})";
        return $"DeterministicMath.Sigmoid(({CodeWriter.Number(scaling.Slope)} * {input}) + {CodeWriter.Number(scaling.Intercept)})";
    }

    private static string Constants(ReadOnlySpan<double> values) =>
        $"new double[] {{ {string.Join(", ", values.ToArray().Select(CodeWriter.Number))} }}";
}
