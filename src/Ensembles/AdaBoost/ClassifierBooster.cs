using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Numerics;
using Ensembles.Trees;

namespace Ensembles.AdaBoost;

/// <summary>The rounds of AdaBoost for classes: SAMME and SAMME.R (Zhu, Zou, Rosset and Hastie 2009).</summary>
internal sealed class ClassifierBooster : Booster<ClassificationDataset, ClassificationModel>
{
    private const double RoundingError = 1e-14;

    private readonly AdaBoostClassifier _recipe;
    private readonly ClassScore _score;
    private readonly ClassMemberTrainer _trainer;
    private readonly int[] _predicted;
    private readonly double[] _probabilities;
    private readonly double[] _wrongWeights;
    private readonly byte[] _isWrong;
    private readonly int _threads;
    private double _weight;

    /// <param name="recipe">The hyper-parameters.</param>
    /// <param name="data">The training rows, all of weight above 0.</param>
    /// <param name="score">How members count.</param>
    /// <param name="threads">The most threads to use.</param>
    public ClassifierBooster(AdaBoostClassifier recipe, ClassificationDataset data, ClassScore score, int threads)
        : base(recipe, data)
    {
        _recipe = recipe;
        _score = score;
        _trainer = recipe.Member is DecisionTreeClassifier { PruningAlpha: 0 } tree
            ? new TreeMemberTrainer(tree, data, threads)
            : new AnyClassMemberTrainer(recipe.Member, data, threads);
        _threads = threads;
        _predicted = new int[data.RowCount];
        _wrongWeights = new double[data.RowCount];
        _isWrong = new byte[data.RowCount];
        _probabilities = IsReal ? new double[(long)data.RowCount * data.ClassCount] : [];
    }

    protected override bool Restarts => _recipe.Restart;

    private bool IsReal => _recipe.Algorithm == AdaBoostAlgorithm.SammeR;

    protected override ClassificationModel Train(double[] weights, ulong seed, CancellationToken cancellationToken)
    {
        ClassificationModel model = _trainer.Train(weights, seed, cancellationToken);
        TakePredictions();
        return model;
    }

    protected override void Recall(ClassificationModel model)
    {
        _trainer.Recall(model);
        TakePredictions();
    }

    protected override StagedPrediction<ClassificationModel> Predict(FeatureTable table) => new StagedProbabilities(_score, table, _threads);

    protected override void PredictNothing(double[] prediction) => _score.ToProbabilities(prediction);

    protected override (double Error, double Weight, Fate Fate) Judge(bool isFirst)
    {
        int[] labels = Data.LabelArray;
        double[] weights = Rows.Weights;
        for (int r = 0; r < labels.Length; r++)
        {
            // Without a branch, as nobody can guess which rows are wrong.
            _isWrong[r] = _predicted[r] != labels[r] ? (byte)1 : (byte)0;
            _wrongWeights[r] = _isWrong[r] * weights[r];
        }

        double error = OrderedSum.Of(_wrongWeights) / OrderedSum.Of(weights);
        int classes = _score.PresentCount;
        if (error == 0)
        {
            return (0, 1, Fate.Last);
        }

        if (IsReal)
        {
            _weight = 1;
            return (error, 1, Fate.Kept);
        }

        // A member that is as good as chance may come out a rounding error better.
        if (error >= 1 - (1.0 / classes) - RoundingError)
        {
            return (error, 0, Fate.Dropped);
        }

        _weight = _recipe.LearningRate * (DeterministicMath.Log((1 - error) / error) + DeterministicMath.Log(classes - 1));
        return (error, _weight, Fate.Kept);
    }

    protected override void Reweigh()
    {
        double[] weights = Rows.Weights;
        if (IsReal)
        {
            for (int r = 0; r < weights.Length; r++)
            {
                weights[r] *= RealFactor(_probabilities.AsSpan(r * Data.ClassCount, Data.ClassCount), Data.LabelArray[r]);
            }

            return;
        }

        ReadOnlySpan<double> factors = [1, DeterministicMath.Exp(_weight)];
        for (int r = 0; r < weights.Length; r++)
        {
            weights[r] *= factors[_isWrong[r]];
        }
    }

    private void TakePredictions()
    {
        _trainer.PredictClasses(_predicted);
        if (IsReal)
        {
            _trainer.PredictProbabilities(_probabilities);
        }
    }

    /// <summary>exp(−ν·(K − 1)/K·Σ y_k·ln p_k), with y = 1 for the class of the row and −1/(K − 1) for the others.</summary>
    private double RealFactor(ReadOnlySpan<double> probabilities, int label)
    {
        int classes = _score.PresentCount;
        double sum = 0;
        for (int k = 0; k < probabilities.Length; k++)
        {
            if (_score.IsPresent(k))
            {
                sum += (k == label ? 1 : -1.0 / (classes - 1)) * DeterministicMath.Log(ClassScore.Displace(probabilities[k]));
            }
        }

        return DeterministicMath.Exp(-_recipe.LearningRate * (classes - 1) / classes * sum);
    }
}
