using Ensembles.Numerics;

namespace Ensembles.Calibration;

/// <summary>
/// What was learned of the probabilities of one model: how to change those of a row. Of two classes that of the second is calibrated; of
/// more each against all others, and the results are divided by their sum. A class of which the calibration rows are all, or none, keeps
/// its probability: there is nothing to learn.
/// </summary>
internal sealed class ProbabilityCalibrator
{
    private readonly PlattScaling?[] _platt;
    private readonly IsotonicRegression?[] _isotonic;
    private readonly TemperatureScaling? _temperature;
    private readonly CalibrationMethod _method;
    private readonly CalibrationInput _input;
    private readonly double _uniformShare;

    /// <param name="method">How.</param>
    /// <param name="input">What Platt's function is a function of.</param>
    /// <param name="uniformShare">How much of a uniform distribution is mixed in before log odds are taken.</param>
    /// <param name="platt">By calibrated class, or empty.</param>
    /// <param name="isotonic">By calibrated class, or empty.</param>
    /// <param name="temperature">Of all classes, or null.</param>
    internal ProbabilityCalibrator(
        CalibrationMethod method,
        CalibrationInput input,
        double uniformShare,
        PlattScaling?[] platt,
        IsotonicRegression?[] isotonic,
        TemperatureScaling? temperature)
    {
        _method = method;
        _input = input;
        _uniformShare = uniformShare;
        _platt = platt;
        _isotonic = isotonic;
        _temperature = temperature;
    }

    internal double UniformShare => _uniformShare;

    /// <summary>By calibrated class; null where it keeps its probability. Empty with another method.</summary>
    internal IReadOnlyList<PlattScaling?> Platt => _platt;

    /// <summary>By calibrated class; null where it keeps its probability. Empty with another method.</summary>
    internal IReadOnlyList<IsotonicRegression?> Isotonic => _isotonic;

    /// <summary>Null with another method, or where all calibration rows are of one class.</summary>
    internal TemperatureScaling? Temperature => _temperature;

    /// <summary>Learns from rows that the model did not see.</summary>
    /// <param name="method">How.</param>
    /// <param name="input">What Platt's function is a function of.</param>
    /// <param name="labels">The true class of each row.</param>
    /// <param name="probabilities">Rows × classes.</param>
    /// <param name="classCount">The number of classes.</param>
    /// <param name="weights">A weight above 0 for each row, or empty.</param>
    public static ProbabilityCalibrator Fit(
        CalibrationMethod method, CalibrationInput input, int[] labels, double[] probabilities, int classCount, double[] weights)
    {
        double share = 1.0 / (labels.Length + 1);
        bool oneClass = !labels.AsSpan().ContainsAnyExcept(labels[0]);
        if (method == CalibrationMethod.Temperature)
        {
            return new ProbabilityCalibrator(
                method, input, share, [], [], oneClass ? null : TemperatureScaling.Fit(labels, probabilities, classCount, weights));
        }

        // Of two classes the second alone.
        int first = classCount == 2 ? 1 : 0;
        var platt = new PlattScaling?[method == CalibrationMethod.Platt ? classCount - first : 0];
        var isotonic = new IsotonicRegression?[method == CalibrationMethod.Isotonic ? classCount - first : 0];
        var isClass = new int[labels.Length];
        var scores = new double[labels.Length];
        for (int k = first; k < classCount; k++)
        {
            for (int r = 0; r < labels.Length; r++)
            {
                isClass[r] = labels[r] == k ? 1 : 0;
                scores[r] = probabilities[(r * classCount) + k];
            }

            if (!isClass.AsSpan().ContainsAnyExcept(isClass[0]))
            {
                continue;
            }

            if (method == CalibrationMethod.Platt)
            {
                platt[k - first] = PlattScaling.Fit(isClass, Array.ConvertAll(scores, p => InputOf(p, input, share)), weights);
            }
            else
            {
                isotonic[k - first] = IsotonicRegression.Fit(scores, Array.ConvertAll(isClass, target => (double)target), weights);
            }
        }

        return new ProbabilityCalibrator(method, input, share, platt, isotonic, null);
    }

    /// <summary>Calibrates the probabilities of a row in place.</summary>
    public void Apply(Span<double> probabilities)
    {
        if (_method == CalibrationMethod.Temperature)
        {
            _temperature?.Apply(probabilities);
            return;
        }

        int calibrated = Math.Max(_platt.Length, _isotonic.Length);
        if (probabilities.Length == 2)
        {
            probabilities[1] = Calibrated(0, probabilities[1]);
            probabilities[0] = 1 - probabilities[1];
            return;
        }

        double sum = 0;
        for (int k = 0; k < calibrated; k++)
        {
            probabilities[k] = Calibrated(k, probabilities[k]);
            sum += probabilities[k];
        }

        for (int k = 0; k < calibrated; k++)
        {
            probabilities[k] = sum > 0 ? probabilities[k] / sum : 1.0 / calibrated;
        }
    }

    private static double InputOf(double probability, CalibrationInput input, double share)
    {
        if (input == CalibrationInput.Probability)
        {
            return probability;
        }

        double mixed = TemperatureScaling.Mixed(probability, 2, share);
        return DeterministicMath.Log(mixed / (1 - mixed));
    }

    private double Calibrated(int k, double probability) => _method == CalibrationMethod.Platt
        ? _platt[k]?.Predict(InputOf(probability, _input, _uniformShare)) ?? probability
        : _isotonic[k]?.Predict(probability) ?? probability;
}
