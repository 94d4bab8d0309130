using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Numerics;

namespace Ensembles.Calibration;

/// <summary>
/// A classifier whose probabilities are made to agree with what happens: of the rows that are given 0.7, seven in ten should be of the
/// class. What is learned about its probabilities comes from rows that it has not seen, by folds that have the classes in the same shares.
/// </summary>
/// <example>
/// <code>
/// var calibrated = new CalibratedClassifier(new RandomForestClassifier()) { Method = CalibrationMethod.Isotonic };
/// CalibratedClassificationModel model = calibrated.Fit(train);
/// </code>
/// </example>
public sealed record CalibratedClassifier : Learner<ClassificationDataset, ClassificationModel>
{
    private const ulong MemberKey = 0x4D454D42;
    private const ulong FoldKey = 0x464F4C44;

    private readonly Learner<ClassificationDataset, ClassificationModel> _member;
    private readonly int _folds = 5;

    /// <summary>Calibration of a recipe.</summary>
    /// <param name="member">The recipe of the classifier.</param>
    public CalibratedClassifier(Learner<ClassificationDataset, ClassificationModel> member)
    {
        ArgumentNullException.ThrowIfNull(member);
        _member = member;
    }

    /// <summary>
    /// The recipe of the classifier. Each fit of it gets a seed of its own, drawn from <see cref="Learner.Seed"/> of this recipe and of its
    /// own.
    /// </summary>
    public Learner<ClassificationDataset, ClassificationModel> Member
    {
        get => _member;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _member = value;
        }
    }

    /// <summary>How probabilities are changed (default <see cref="CalibrationMethod.Platt"/>).</summary>
    public CalibrationMethod Method
    {
        get;
        init => field = CheckDefined(value);
    }

    /// <summary>What Platt's function is a function of (default: the log odds); other methods do not ask.</summary>
    public CalibrationInput Input
    {
        get;
        init => field = CheckDefined(value);
    }

    /// <summary>
    /// The folds by which rows are predicted that were not seen, at least 2 (default 5); where there are fewer rows, one fold a row. A
    /// single row is predicted by a model that saw it.
    /// </summary>
    public int Folds
    {
        get => _folds;
        init => _folds = CheckRange(value, 2);
    }

    /// <summary>
    /// Whether the model of each fold is kept with a calibration of its own, and their mean predicted (default true). Otherwise one
    /// calibration is learned from the rows of all folds, and applied to one model of all rows: smaller and faster to predict.
    /// </summary>
    public bool Ensemble { get; init; } = true;

    /// <inheritdoc/>
    public override CalibratedClassificationModel Fit(
        ClassificationDataset data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= FitOptions.Default;
        ClassificationDataset present = RowSampling.WithoutAbsent(data);
        int folds = Math.Min(_folds, present.RowCount);
        int threads = options.ThreadsWithoutSnapshots;
        int outer = Math.Min(threads, folds);
        var inner = new FitOptions { Threads = threads / outer };
        var progress = new ProgressCounter(options.Progress, Ensemble ? folds : folds + 1);
        Fold[] parts = folds == 1
            ? [new Fold([0], [0])]
            : Fold.FromAssigned(present.AssignFolds(folds, KeyedRandom.Mix(Seed, FoldKey)), folds);
        var members = new CalibratedMember[folds];
        var outOfFold = new double[(long)present.RowCount * data.ClassCount];
        ParallelWork.For(folds, outer, cancellationToken, k =>
        {
            (ClassificationDataset train, ClassificationDataset held) = parts[k].Of(present);
            ClassificationModel model = Seeded(k).Fit(train, inner, cancellationToken);
            double[] said = model.PredictRows(held.Features, inner.Threads);
            if (Ensemble)
            {
                members[k] = new CalibratedMember(model, Learn(held, said));
            }
            else
            {
                for (int i = 0; i < held.RowCount; i++)
                {
                    said.AsSpan(i * data.ClassCount, data.ClassCount)
                        .CopyTo(outOfFold.AsSpan(parts[k].Test[i] * data.ClassCount, data.ClassCount));
                }
            }

            progress.Add();
        });
        if (!Ensemble)
        {
            ClassificationModel model = Seeded(folds).Fit(present, new FitOptions { Threads = threads }, cancellationToken);
            members = [new CalibratedMember(model, Learn(present, outOfFold))];
            progress.Add();
        }

        return new CalibratedClassificationModel(data.Schema, data.Classes, this, members);
    }

    /// <summary>Calibrates a model that there is, by rows that it has not seen. Of the recipe the method and the input count.</summary>
    /// <param name="model">The model.</param>
    /// <param name="held">The rows, with the classes of the model.</param>
    /// <exception cref="ArgumentException">The rows have other classes than the model, or lack a column of it.</exception>
    public CalibratedClassificationModel Calibrate(ClassificationModel model, ClassificationDataset held)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(held);
        if (!held.Classes.Equals(model.Classes))
        {
            throw new ArgumentException($"The rows have the classes {held.Classes}, the model {model.Classes}.", nameof(held));
        }

        ClassificationDataset present = RowSampling.WithoutAbsent(held);
        ProbabilityCalibrator calibrator = Learn(present, model.PredictRows(present.Features));
        return new CalibratedClassificationModel(model.Schema, model.Classes, this, [new CalibratedMember(model, calibrator)]);
    }

    private ProbabilityCalibrator Learn(ClassificationDataset held, double[] probabilities) => ProbabilityCalibrator.Fit(
        Method, Input, held.LabelArray, probabilities, held.ClassCount, held.WeightArray);

    private Learner<ClassificationDataset, ClassificationModel> Seeded(int number) =>
        _member with { Seed = KeyedRandom.Mix(KeyedRandom.Mix(Seed, MemberKey, (ulong)number), _member.Seed) };
}
