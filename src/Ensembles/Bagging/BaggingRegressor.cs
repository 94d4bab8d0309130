using System.Collections;
using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.Bagging;

/// <summary>Bagging of regressors (Breiman 1996): the mean of their predictions.</summary>
/// <example>
/// <code>
/// BaggingRegressionModel model = new BaggingRegressor(new DecisionTreeRegressor()) { Count = 100 }.Fit(train);
/// double estimate = model.OutOfBag!.RSquared;
/// </code>
/// </example>
public sealed record BaggingRegressor : BaggingLearner<RegressionDataset, RegressionModel>
{
    /// <summary>Bagging of a recipe.</summary>
    /// <param name="member">The recipe of the members.</param>
    public BaggingRegressor(Learner<RegressionDataset, RegressionModel> member)
        : base(member)
    {
    }

    /// <inheritdoc/>
    public override BaggingRegressionModel Fit(
        RegressionDataset data, FitOptions? options = null, CancellationToken cancellationToken = default)
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
    internal BaggingRegressionModel Grow(
        RegressionDataset data,
        BaggingMember<RegressionModel>[] members,
        OutOfBagRegression? outOfBag,
        int more,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        bool estimates = EstimatesOutOfBag(data);
        using FitLog<BaggingMember<RegressionModel>> log = options.OpenLog<BaggingMember<RegressionModel>>(Identify(data, members.Length, more));
        (BaggingMember<RegressionModel>[] added, BitArray[] drawn) = FitMembers(data, members.Length, more, log, options, cancellationToken);
        if (estimates)
        {
            double[] sums = outOfBag?.Sums.ToArray() ?? new double[data.RowCount];
            int[] counts = outOfBag?.MemberCounts.ToArray() ?? new int[data.RowCount];
            new BaggedPrediction<RegressionModel>(added, data.Schema.Count, 1, majority: false)
                .AddOutOfBag(data, drawn, sums, counts, options.ResolvedThreads, cancellationToken);
            outOfBag = new OutOfBagRegression(data, sums, counts);
        }

        var model = new BaggingRegressionModel(data, this, [.. members, .. added], outOfBag);
        log.Finish();
        return model;
    }
}
