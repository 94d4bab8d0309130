using System.Collections;
using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.Bagging;

/// <summary>Bagging of classifiers (Breiman 1996).</summary>
/// <example>
/// <code>
/// BaggingClassificationModel model = new BaggingClassifier(new DecisionTreeClassifier()) { Count = 100 }.Fit(train);
/// double estimate = model.OutOfBag!.Accuracy;
/// </code>
/// </example>
public sealed record BaggingClassifier : BaggingLearner<ClassificationDataset, ClassificationModel>
{
    /// <summary>Bagging of a recipe.</summary>
    /// <param name="member">The recipe of the members.</param>
    public BaggingClassifier(Learner<ClassificationDataset, ClassificationModel> member)
        : base(member)
    {
    }

    /// <summary>How the members are joined (default: the mean of their probabilities).</summary>
    public Voting Voting
    {
        get;
        init => field = CheckDefined(value);
    }

    /// <inheritdoc/>
    public override BaggingClassificationModel Fit(
        ClassificationDataset data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Grow(data, [], null, Count, options ?? FitOptions.Default, cancellationToken);
    }

    /// <summary>Adds members to those that there are.</summary>
    /// <param name="data">The training rows, of all members the same.</param>
    /// <param name="members">The members so far.</param>
    /// <param name="outOfBag">Their out-of-bag estimate, or null where there are no members or no estimate is wanted.</param>
    /// <param name="more">How many to add.</param>
    /// <param name="options">How to run the fit.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    internal BaggingClassificationModel Grow(
        ClassificationDataset data,
        BaggingMember<ClassificationModel>[] members,
        OutOfBagClassification? outOfBag,
        int more,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        bool estimates = EstimatesOutOfBag(data);
        using FitLog<BaggingMember<ClassificationModel>> log = options.OpenLog<BaggingMember<ClassificationModel>>(Identify(data, members.Length, more));
        (BaggingMember<ClassificationModel>[] added, BitArray[] drawn) = FitMembers(data, members.Length, more, log, options, cancellationToken);
        if (estimates)
        {
            double[] sums = outOfBag?.Sums.ToArray() ?? new double[(long)data.RowCount * data.ClassCount];
            int[] counts = outOfBag?.MemberCounts.ToArray() ?? new int[data.RowCount];
            new BaggedPrediction<ClassificationModel>(added, data.Schema.Count, data.ClassCount, Voting == Voting.Majority)
                .AddOutOfBag(data, drawn, sums, counts, options.ResolvedThreads, cancellationToken);
            outOfBag = new OutOfBagClassification(data, sums, counts);
        }

        var model = new BaggingClassificationModel(data, this, [.. members, .. added], outOfBag);
        log.Finish();
        return model;
    }
}
