// Which ensemble when?: ../07-which-ensemble.ipynb as a program, written by samples/NotebookRunner. Run it: dotnet run 07-which-ensemble.cs
// Outside of this repository, put '#:package Ensembles.Datasets@*' and '#:package Ensembles.Plots@*' in place of the projects.
#:project ../../../src/Ensembles/Ensembles.csproj
#:project ../../../src/Ensembles.Datasets/Ensembles.Datasets.csproj
#:project ../../../src/Ensembles.Plots/Ensembles.Plots.csproj
#:property PublishAot=false

using Ensembles.AdaBoost;
using Ensembles.Bagging;
using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Evaluation;
using Ensembles.GradientBoosting;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.NewtonBoosting;
using Ensembles.Plots;
using Ensembles.RandomForests;
using Ensembles.Trees;
using System.Threading;

var page = new FigurePage { Title = "Which ensemble when?" };
// # Which ensemble when?
//
// All of them side by side, on four real data sets that differ: small and clean (wine), middling with many numbers (breast
// cancer), categories and missing cells (credit), larger and noisy (telephone customers). Default recipes but for a few
// that everybody sets. What you should look at is not who wins, but by how much, and how sure that is.

var sets = new (string Name, ClassificationDataset Data)[]
{
    ("wine", SampleData.Wine()),
    ("breast cancer", SampleData.BreastCancer()),
    ("credit", SampleData.CreditData()),
    ("telephone", SampleData.TelcoChurn()),
};
foreach (var (name, data) in sets)
{
    Console.WriteLine($"{name,-14} {data}");
}

// ## Five folds each
//
// Every learner is trained on four fifths of the rows and tested on the last fifth, five times, with the same folds for
// all. The log loss asks for good *probabilities*, the accuracy only for the right class.

var learners = new (string Name, Func<ClassificationDataset, FitOptions?, CancellationToken, ClassificationModel> Fit)[]
{
    ("pruned CART", (rows, options, token) => new PrunedTreeClassifier { Seed = 1 }.Fit(rows, options, token)),
    ("bagging", (rows, options, token) => new BaggingClassifier(new DecisionTreeClassifier { MinSamplesLeaf = 3 }) { Count = 50, Seed = 1 }.Fit(rows, options, token)),
    ("random forest", (rows, options, token) => new RandomForestClassifier { TreeCount = 100, MinSamplesLeaf = 3, Seed = 1 }.Fit(rows, options, token)),
    ("extra-trees", (rows, options, token) => new ExtraTreesClassifier { TreeCount = 100, MinSamplesLeaf = 3, Seed = 1 }.Fit(rows, options, token)),
    ("AdaBoost", (rows, options, token) => new AdaBoostClassifier { Rounds = 100 }.Fit(rows, options, token)),
    ("gradient boosting", (rows, options, token) => new GradientBoostingClassifier { Rounds = 100, LearningRate = 0.1, MaxDepth = 3 }.Fit(rows, options, token)),
    ("Newton boosting", (rows, options, token) => new NewtonBoostingClassifier { Rounds = 100, LearningRate = 0.1, MaxDepth = 3 }.Fit(rows, options, token)),
};
MetricList<ClassificationMetric> metrics = [ClassificationMetric.LogLoss, ClassificationMetric.Accuracy];
var results = new Dictionary<(string Set, string Learner), ClassificationCrossValidation>();
foreach (var (set, data) in sets)
{
    FoldPlan plan = FoldPlan.Stratified(5, seed: 1);
    Console.WriteLine($"{set,-19} log loss          accuracy");
    foreach (var (name, fit) in learners)
    {
        ClassificationCrossValidation folds = CrossValidation.Run((rows, options, token) => fit(rows, options, token), data, plan, metrics);
        results[(set, name)] = folds;
        Console.WriteLine($"  {name,-17} {folds[ClassificationMetric.LogLoss].Mean:F3} ± {folds[ClassificationMetric.LogLoss].StandardError:F3}     {folds[ClassificationMetric.Accuracy].Mean:F3} ± {folds[ClassificationMetric.Accuracy].StandardError:F3}");
    }
}

// ## As a picture

string[] names = [.. learners.Select(learner => learner.Name)];
MetricScores<ClassificationMetric> Losses(string name) => results[("credit", name)][ClassificationMetric.LogLoss];

string best = names.MinBy(name => Losses(name).Mean)!;
double[][] above = [.. names.Select(name => Losses(name).Values.ToArray().Zip(Losses(best).Values.ToArray(), (loss, least) => loss - least).ToArray())];
double[] means = [.. above.Select(folds => folds.Average())];
double[] errors = [.. above.Select((folds, i) => Math.Sqrt(folds.Sum(d => (d - means[i]) * (d - means[i])) / (folds.Length - 1) / folds.Length))];
Show(Plot.Importances(names, means, errors, measure: $"log loss above that of {best}") with
{
    Title = $"Credit: what it costs not to take {best}",
    Subtitle = "mean over five folds, with one standard error",
});

// One of them in full: every client of the credit data as predicted by the forest of the fold that had not seen it.

Show(results[("credit", "random forest")].OutOfFold);

// ## Is the difference real?
//
// The folds are the same for all, so scores can be compared pair by pair. The corrected t test (C. Nadeau and Y. Bengio,
// 2003) allows for training sets that overlap:

foreach (var (set, _) in sets)
{
    Console.WriteLine($"{set}: {PairedTests.CorrectedT(results[(set, "Newton boosting")], results[(set, "random forest")], ClassificationMetric.LogLoss)}");
}

// ## What to take home
//
// | you want | take |
// |---|---|
// | a model to read, to print, to defend | pruned CART |
// | a good model today, without tuning | a random forest, whose out-of-bag error is free; or extra-trees |
// | the best probabilities on a middling or large table, and some time to tune | Newton boosting, with early stopping |
// | a loss of your own kind (quantiles, absolute error, Huber) | gradient boosting |
// | few rows and clean labels, a simple method | AdaBoost of stumps; look at its probabilities with care |
// | promises (monotone), categories, missing cells | Newton boosting |
//
// None of the four differences above is beyond chance at the 5 % level, though all lean the same way. The differences
// between the good ones are small beside those that better features or more rows make. Try two, test the difference, and
// take the simpler where it is within the error.

string pictures = Path.Combine(Path.GetTempPath(), "07-which-ensemble.html");
page.Save(pictures);
Console.WriteLine($"the pictures are in {pictures}");

void Show(object value)
{
    if (value is Figure figure)
    {
        page = page.Add(figure);
    }

    Console.WriteLine(value);
}
