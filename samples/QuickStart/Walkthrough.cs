using Ensembles.AdaBoost;
using Ensembles.Bagging;
using Ensembles.Data;
using Ensembles.GradientBoosting;
using Ensembles.NewtonBoosting;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace QuickStart;

/// <summary>From data to models to what they say, in the order in which one meets it.</summary>
internal static class Walkthrough
{
    private const ulong Seed = 1;
    private const int FewestRows = 20;

    public static void Run(string title, string target, ClassificationDataset data)
    {
        if (data.RowCount < FewestRows || data.ClassCount < 2)
        {
            throw new DataFormatException(
                $"{title}, column '{target}': {data.RowCount} rows and {data.ClassCount} classes; at least {FewestRows} and 2 are needed.");
        }

        Report.Data(title, target, data);

        // The test rows are set aside before anything is trained; both parts have the classes in the same shares.
        (ClassificationDataset train, ClassificationDataset test) = data.SplitStratified(0.8, Seed);

        // A recipe is a record of hyper-parameters. Fitting it gives a model and never changes the recipe.
        // Leaves of at least five rows: where classes overlap, probabilities from single rows are poor.
        var pruning = new PrunedTreeClassifier { Seed = Seed };
        var bagging = new BaggingClassifier(new DecisionTreeClassifier { MinSamplesLeaf = 5 }) { Count = 100, Seed = Seed };
        var boosting = new AdaBoostClassifier { Rounds = 200, Seed = Seed };
        var gradients = new GradientBoostingClassifier { Rounds = 200, LearningRate = 0.05, Subsample = 0.5, Seed = Seed };
        var rounds = new NewtonBoostingClassifier { Rounds = 1000, MaxDepth = 4, EarlyStoppingRounds = 30, Seed = Seed };
        var growing = new RandomForestClassifier { TreeCount = 500, MinSamplesLeaf = 5, Seed = Seed };

        // When to stop is decided on rows that are neither learned from nor tested on.
        (ClassificationDataset fitted, ClassificationDataset validation) = train.SplitStratified(0.8, Seed);

        var (cart, bag, boosted, gradient, newton, forest) = Training.Run(training => (
            training.Fit("pruned CART", options => pruning.Fit(train, options)),
            training.Fit($"{bagging.Count} bagged trees", options => bagging.Fit(train, options)),
            training.Fit($"AdaBoost of {boosting.Rounds} stumps", options => boosting.Fit(train, options)),
            training.Fit("gradient boosting", options => gradients.Fit(train, options)),
            training.Fit("Newton boosting", options => rounds.Fit(fitted, validation, options)),
            training.Fit($"forest of {growing.TreeCount} trees", options => growing.Fit(train, options))));

        int positive = Scores.RarestClass(data);
        Report.Comparison(
            test,
            positive,
            Scores.OfMajority(train, test),
            Scores.Of(cart, test, positive),
            Scores.Of(bag, test, positive, bag.Model.OutOfBag),
            Scores.Of(boosted, test, positive),
            Scores.Of(gradient, test, positive),
            Scores.Of(newton, test, positive),
            Scores.Of(forest, test, positive, forest.Model.OutOfBag));
        Report.Stopping(newton.Model);
        Report.Importances(forest.Model, train);
        Report.Tree(cart.Model);
        Report.OneRow(cart.Model, forest.Model, test, row: 0);
    }
}
