using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Numerics;

namespace Ensembles.AdaBoost;

/// <summary>The rounds of AdaBoost, whatever its members predict.</summary>
/// <typeparam name="TDataset">What the members learn from.</typeparam>
/// <typeparam name="TModel">What a member gives.</typeparam>
/// <param name="recipe">The hyper-parameters.</param>
/// <param name="data">The training rows, all of weight above 0.</param>
internal abstract class Booster<TDataset, TModel>(AdaBoostLearner<TDataset, TModel> recipe, TDataset data)
    where TDataset : Dataset<TDataset>
    where TModel : Model
{
    private const ulong MemberKey = 0x4D454D42;
    private const ulong SampleKey = 0x53414D50;
    private const ulong RestartKey = 0x52455354;

    /// <summary>What is made of a member.</summary>
    protected enum Fate
    {
        /// <summary>It is kept and the next round begins.</summary>
        Kept,

        /// <summary>It is kept and it is the last one.</summary>
        Last,

        /// <summary>It is no better than chance.</summary>
        Dropped,
    }

    /// <summary>The training rows.</summary>
    protected TDataset Data { get; } = data;

    /// <summary>The weights of the rows.</summary>
    protected RowDistribution Rows { get; } = new(data);

    /// <summary>Whether to begin anew when a member was dropped.</summary>
    protected virtual bool Restarts => false;

    /// <summary>Runs the rounds.</summary>
    /// <param name="validation">Measures the members so far; null where there is no validation set.</param>
    /// <param name="progress">Told of each round.</param>
    /// <param name="cancellationToken">Ends the fit between two rounds.</param>
    public BoostedMembers<TModel> Boost(
        StagedLoss<TModel>? validation, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        var models = new List<TModel>();
        var weights = new List<double>();
        var errors = new List<double>();
        var losses = new List<double>();
        int best = 0;
        var counter = new ProgressCounter(progress, recipe.Rounds);
        for (int round = 0; round < recipe.Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ulong key = KeyedRandom.Mix(recipe.Seed, MemberKey, (ulong)round);
            double[] given = recipe.BoostBy == BoostBy.Resampling ? Rows.Draw(KeyedRandom.Mix(key, SampleKey)) : Rows.Weights;
            TModel model = Train(given, KeyedRandom.Mix(key, recipe.Member.Seed), cancellationToken);
            (double error, double weight, Fate fate) = Judge(isFirst: models.Count == 0);
            counter.Add();
            if (fate == Fate.Dropped)
            {
                if (!Restarts)
                {
                    break;
                }

                Rows.Restart(KeyedRandom.Mix(key, RestartKey));
                continue;
            }

            models.Add(model);
            weights.Add(weight);
            errors.Add(error);
            if (validation is not null)
            {
                losses.Add(validation.Add(model, weight));
                best = losses[^1] < losses[best] ? losses.Count - 1 : best;
                if (losses.Count - 1 - best >= recipe.EarlyStoppingRounds)
                {
                    break;
                }
            }

            if (fate == Fate.Last)
            {
                break;
            }

            if (round + 1 < recipe.Rounds)
            {
                Reweigh();
                Rows.Normalize();
            }
        }

        int kept = recipe.EarlyStoppingRounds is null ? models.Count : Math.Min(best + 1, models.Count);
        return new BoostedMembers<TModel>([.. models[..kept]], [.. weights[..kept]], [.. errors[..kept]], [.. losses], best);
    }

    /// <summary>Trains the member of a round.</summary>
    /// <param name="weights">The weights that it is given.</param>
    /// <param name="seed">Its seed.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    protected abstract TModel Train(double[] weights, ulong seed, CancellationToken cancellationToken);

    /// <summary>The weighted error of the member that was trained last, the weight that it gets, and what is made of it.</summary>
    /// <param name="isFirst">Whether no member was kept yet.</param>
    protected abstract (double Error, double Weight, Fate Fate) Judge(bool isFirst);

    /// <summary>Gives weight to the rows by how the member that was trained last did on them.</summary>
    protected abstract void Reweigh();
}
