using Ensembles.AdaBoost;
using Ensembles.Bagging;
using Ensembles.Calibration;
using Ensembles.Data;
using Ensembles.GradientBoosting;
using Ensembles.IsolationForests;
using Ensembles.Learners;
using Ensembles.LinearBoosting;
using Ensembles.MetaEnsembles;
using Ensembles.NewtonBoosting;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Catalog;

/// <summary>
/// All learners of the library by name, and their hyper-parameters as data: what a command line, a configuration file or a model file reads
/// and writes recipes by. It uses no reflection.
/// </summary>
/// <example>
/// <code>
/// Learner learner = LearnerCatalog.Find("bagging", LearningTask.Classification).Default;
/// learner = LearnerCatalog.Set(learner, "Count", "100");
/// learner = LearnerCatalog.Set(learner, "Member.MaxDepth", "2");
/// </code>
/// </example>
public static class LearnerCatalog
{
    /// <summary>All learners.</summary>
    public static IReadOnlyList<LearnerEntry> Learners { get; } = Array.AsReadOnly<LearnerEntry>(
    [
        new("decision-tree", LearningTask.Classification, new DecisionTreeClassifier(), RecipeTables.DecisionTreeClassifier),
        new("decision-tree", LearningTask.Regression, new DecisionTreeRegressor(), RecipeTables.DecisionTreeRegressor),
        new("pruned-tree", LearningTask.Classification, new PrunedTreeClassifier(), RecipeTables.PrunedTreeClassifier),
        new("pruned-tree", LearningTask.Regression, new PrunedTreeRegressor(), RecipeTables.PrunedTreeRegressor),
        new("bagging", LearningTask.Classification, new BaggingClassifier(new DecisionTreeClassifier()), RecipeTables.BaggingClassifier),
        new("bagging", LearningTask.Regression, new BaggingRegressor(new DecisionTreeRegressor()), RecipeTables.BaggingRegressor),
        new("random-forest", LearningTask.Classification, new RandomForestClassifier(), RecipeTables.ForestClassifier),
        new("random-forest", LearningTask.Regression, new RandomForestRegressor(), RecipeTables.ForestRegressor),
        new("extra-trees", LearningTask.Classification, new ExtraTreesClassifier(), RecipeTables.ForestClassifier),
        new("extra-trees", LearningTask.Regression, new ExtraTreesRegressor(), RecipeTables.ForestRegressor),
        new("adaboost", LearningTask.Classification, new AdaBoostClassifier(), RecipeTables.AdaBoostClassifier),
        new("adaboost", LearningTask.Regression, new AdaBoostRegressor(), RecipeTables.AdaBoostRegressor),
        new("gradient-boosting", LearningTask.Classification, new GradientBoostingClassifier(), RecipeTables.GradientBoostingClassifier),
        new("gradient-boosting", LearningTask.Regression, new GradientBoostingRegressor(), RecipeTables.GradientBoostingRegressor),
        new("newton-boosting", LearningTask.Classification, new NewtonBoostingClassifier(), RecipeTables.NewtonBoostingClassifier),
        new("newton-boosting", LearningTask.Regression, new NewtonBoostingRegressor(), RecipeTables.NewtonBoostingRegressor),
        new("linear-boosting", LearningTask.Classification, new LinearBoostingClassifier(), RecipeTables.LinearBoostingClassifier),
        new("linear-boosting", LearningTask.Regression, new LinearBoostingRegressor(), RecipeTables.LinearBoostingRegressor),
        new(
            "calibrated",
            LearningTask.Classification,
            new CalibratedClassifier(new RandomForestClassifier()),
            RecipeTables.CalibratedClassifier),
        new("voting", LearningTask.Classification, new VotingClassifier(Classifiers), RecipeTables.VotingClassifier),
        new("voting", LearningTask.Regression, new VotingRegressor(Regressors), RecipeTables.VotingRegressor),
        new(
            "stacking",
            LearningTask.Classification,
            new StackingClassifier(new LinearBoostingClassifier(), Classifiers),
            RecipeTables.Stacking<ClassificationDataset, ClassificationModel>(LearningTask.Classification)),
        new(
            "stacking",
            LearningTask.Regression,
            new StackingRegressor(new LinearBoostingRegressor(), Regressors),
            RecipeTables.Stacking<RegressionDataset, RegressionModel>(LearningTask.Regression)),
        new("isolation-forest", LearningTask.AnomalyDetection, new IsolationForest(), RecipeTables.IsolationForest),
    ]);

    private static Learner<ClassificationDataset, ClassificationModel>[] Classifiers =>
        [new RandomForestClassifier(), new ExtraTreesClassifier(), new GradientBoostingClassifier()];

    private static Learner<RegressionDataset, RegressionModel>[] Regressors =>
        [new RandomForestRegressor(), new ExtraTreesRegressor(), new GradientBoostingRegressor()];

    /// <summary>The learner of a name.</summary>
    /// <param name="name">The short name, as <c>random-forest</c>, or that of the type, in letters of any case.</param>
    /// <param name="task">What it learns.</param>
    /// <exception cref="ArgumentException">There is none; the message says which are near.</exception>
    public static LearnerEntry Find(string name, LearningTask task)
    {
        ArgumentNullException.ThrowIfNull(name);
        LearnerEntry[] ofTask = [.. Learners.Where(entry => entry.Task == task)];
        return Array.Find(ofTask, entry => Is(entry.Name, name) || Is(entry.TypeName, name))
            ?? throw new ArgumentException(
                $"There is no learner '{name}' for {task}. {NearestNames.Suggest(name, ofTask.Select(entry => entry.Name))}", nameof(name));
    }

    /// <summary>The entry of a recipe.</summary>
    /// <param name="learner">The recipe.</param>
    public static LearnerEntry Of(Learner learner)
    {
        ArgumentNullException.ThrowIfNull(learner);
        return Learners.FirstOrDefault(entry => entry.Default.GetType() == learner.GetType())
            ?? throw new ArgumentException($"{learner.GetType().Name} is not in the catalogue.", nameof(learner));
    }

    /// <summary>A recipe with another value of one hyper-parameter, of its own or of a recipe in it.</summary>
    /// <param name="learner">The recipe; it is not changed.</param>
    /// <param name="path">
    /// The hyper-parameter, as <c>Rounds</c>, <c>Member.MaxDepth</c>, <c>Members.0.TreeCount</c> or <c>Dropout.Rate</c>.
    /// </param>
    /// <param name="value">The value as text; <see cref="HyperParameter.Accepts"/> says which.</param>
    /// <exception cref="ArgumentException">There is no such hyper-parameter; the message says which are near.</exception>
    /// <exception cref="FormatException">The text is no value of it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of its range.</exception>
    public static Learner Set(Learner learner, string path, string value)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(value);
        return (Learner)HyperParameterList.With(Of(learner).HyperParameters, learner, path, value);
    }

    private static bool Is(string name, string given) => string.Equals(name, given, StringComparison.OrdinalIgnoreCase);
}
