using System.Buffers;
using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.Calibration;

/// <summary>Classifiers with calibrated probabilities; those of a row are the mean over them.</summary>
public sealed class CalibratedClassificationModel : ClassificationModel
{
    // Rows that pass one member after the other together.
    private const int BlockRows = 512;

    private readonly CalibratedMember[] _members;

    internal CalibratedClassificationModel(
        FeatureSchema schema, ClassLabels classes, CalibratedClassifier recipe, CalibratedMember[] members)
        : base(schema, classes)
    {
        Recipe = recipe;
        Members = Array.AsReadOnly(Array.ConvertAll(members, member => member.Model));
        _members = members;
        Batches = new MemberLoop(Members);
    }

    /// <summary>The recipe that the model was made by.</summary>
    public CalibratedClassifier Recipe { get; }

    /// <summary>The classifiers: one a fold, or a single one.</summary>
    public IReadOnlyList<ClassificationModel> Members { get; }

    /// <summary>The classifiers with their calibrations, never to be written.</summary>
    internal ReadOnlySpan<CalibratedMember> CalibratedMembers => _members;

    /// <summary>Of each member how the probability of a class is changed, by Platt's method; null where it stays as it is.</summary>
    /// <param name="member">The number of the member.</param>
    /// <param name="k">The class; of two classes only the second has a function.</param>
    /// <exception cref="InvalidOperationException">The method is another one.</exception>
    public PlattScaling? Platt(int member, int k) => Of(CalibrationMethod.Platt, member).Platt[PlaceOf(k)];

    /// <summary>Of each member how the probability of a class is changed, by isotonic regression; null where it stays as it is.</summary>
    /// <inheritdoc cref="Platt"/>
    public IsotonicRegression? Isotonic(int member, int k) => Of(CalibrationMethod.Isotonic, member).Isotonic[PlaceOf(k)];

    /// <summary>Of each member its temperature; null where probabilities stay as they are.</summary>
    /// <param name="member">The number of the member.</param>
    /// <exception cref="InvalidOperationException">The method is another one.</exception>
    public TemperatureScaling? Temperature(int member) => Of(CalibrationMethod.Temperature, member).Temperature;

    internal override IBatchPrediction Batches { get; }

    internal override void PredictBlock(in RowSet rows, Span<double> output)
    {
        int classes = ClassCount;
        int blockRows = Math.Min(rows.Count, BlockRows);
        double[] rented = ArrayPool<double>.Shared.Rent(blockRows * classes);
        output.Clear();
        for (int first = 0; first < rows.Count; first += blockRows)
        {
            int count = Math.Min(blockRows, rows.Count - first);
            Span<double> said = rented.AsSpan(0, count * classes);
            Span<double> means = output.Slice(first * classes, count * classes);
            foreach (CalibratedMember member in _members)
            {
                member.Model.PredictBlock(rows.Slice(first, count), said);
                for (int r = 0; r < count; r++)
                {
                    member.Calibrator.Apply(said.Slice(r * classes, classes));
                }

                for (int i = 0; i < said.Length; i++)
                {
                    means[i] += said[i];
                }
            }

            foreach (ref double mean in means)
            {
                mean /= _members.Length;
            }
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    private ProbabilityCalibrator Of(CalibrationMethod method, int member) => Recipe.Method == method
        ? _members[member].Calibrator
        : throw new InvalidOperationException($"The model is calibrated by {Recipe.Method}, not by {method}.");

    private int PlaceOf(int k)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(k, ClassCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, ClassCount == 2 ? 1 : 0);
        return ClassCount == 2 ? 0 : k;
    }
}
