using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Numerics;

namespace Ensembles.AdaBoost;

/// <summary>The rounds of AdaBoost, whatever its members predict.</summary>
/// <typeparam name="TDataset">What the members learn from.</typeparam>
/// <typeparam name="TModel">What a member gives.</typeparam>
/// <param name="recipe">The hyper-parameters.</param>
/// <param name="data">The training rows, all of weight above 0.</param>
internal abstract class Booster<TDataset, TModel>(IAdaBoostRecipe<TDataset, TModel> recipe, TDataset data)
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
    /// <param name="training">All training rows, those of weight 0 among them, for measuring.</param>
    /// <param name="validation">The rows of the validation set; null where there is none.</param>
    /// <param name="evaluation">Measures the members so far.</param>
    /// <param name="log">Keeps the members, and has those of an earlier run.</param>
    /// <param name="progress">Told of each round.</param>
    /// <param name="cancellationToken">Ends the fit between two rounds.</param>
    public BoostedMembers<TModel> Boost(
        FeatureTable training,
        FeatureTable? validation,
        RoundEvaluation evaluation,
        FitLog<BoostedMember<TModel>> log,
        IProgress<FitProgress>? progress,
        CancellationToken cancellationToken)
    {
        StagedPrediction<TModel>? validated = validation is null ? null : Predict(SchemaMapping.Map(validation, training.Schema));
        StagedPrediction<TModel>? trained = evaluation.MeasuresTraining ? Predict(training) : null;
        evaluation.Try(PredictNothing);
        var models = new List<TModel>();
        var weights = new List<double>();
        var errors = new List<double>();
        var counter = new ProgressCounter(progress, recipe.Rounds, log.KnownCount);
        for (int round = 0; round < recipe.Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ulong key = KeyedRandom.Mix(recipe.Seed, MemberKey, (ulong)round);
            BoostedMember<TModel>? known = log.Known(round);
            TModel model = known is null ? Train(key, cancellationToken) : known.Model;
            if (known is not null)
            {
                Recall(model);
            }

            (double error, double weight, Fate fate) = Judge(isFirst: models.Count == 0);
            if (fate == Fate.Dropped)
            {
                if (known is null)
                {
                    log.Add(round, new BoostedMember<TModel>(model, []));
                    counter.Add();
                }

                if (!Restarts)
                {
                    break;
                }

                Rows.Restart(KeyedRandom.Mix(key, RestartKey));
                continue;
            }

            validated?.Add(model, weight);
            trained?.Add(model, weight);
            bool goOn;
            if (known is null)
            {
                goOn = evaluation.Add(
                    models.Count,
                    (rows, predictions) => (rows == EvaluatedRows.Validation ? validated! : trained!).Predict(predictions),
                    out IReadOnlyList<EvaluationScore> measured);
                log.Add(round, new BoostedMember<TModel>(model, [.. measured.Select(score => score.Value)]));
                counter.Add(measured);
            }
            else
            {
                goOn = evaluation.Recall(models.Count, known.Scores);
            }

            models.Add(model);
            weights.Add(weight);
            errors.Add(error);
            if (!goOn || fate == Fate.Last)
            {
                break;
            }

            if (round + 1 < recipe.Rounds)
            {
                Reweigh();
                Rows.Normalize();
            }
        }

        int kept = recipe.EarlyStoppingRounds is not null && evaluation.BestRound is int best ? best + 1 : models.Count;
        return new BoostedMembers<TModel>([.. models[..kept]], [.. weights[..kept]], [.. errors[..kept]]);
    }

    /// <summary>What the members will predict for rows, member after member.</summary>
    /// <param name="table">The rows, under the schema of the members.</param>
    protected abstract StagedPrediction<TModel> Predict(FeatureTable table);

    /// <summary>Writes what is predicted for a row where there is no member yet.</summary>
    protected abstract void PredictNothing(double[] prediction);

    /// <summary>Trains the member of a round.</summary>
    /// <param name="weights">The weights that it is given.</param>
    /// <param name="seed">Its seed.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    protected abstract TModel Train(double[] weights, ulong seed, CancellationToken cancellationToken);

    /// <summary>Takes up a member that an earlier run trained, as if it had been trained now.</summary>
    protected abstract void Recall(TModel model);

    /// <summary>The weighted error of the member that was trained last, the weight that it gets, and what is made of it.</summary>
    /// <param name="isFirst">Whether no member was kept yet.</param>
    protected abstract (double Error, double Weight, Fate Fate) Judge(bool isFirst);

    /// <summary>Gives weight to the rows by how the member that was trained last did on them.</summary>
    protected abstract void Reweigh();

    private TModel Train(ulong key, CancellationToken cancellationToken)
    {
        double[] given = recipe.BoostBy == BoostBy.Resampling ? Rows.Draw(KeyedRandom.Mix(key, SampleKey)) : Rows.Weights;
        return Train(given, KeyedRandom.Mix(key, recipe.Member.Seed), cancellationToken);
    }
}
