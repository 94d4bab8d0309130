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
    ("pruned CART", new PrunedTreeClassifier { Seed = 1 }.Fit),
    ("bagging", new BaggingClassifier(new DecisionTreeClassifier { MinSamplesLeaf = 3 }) { Count = 50, Seed = 1 }.Fit),
    ("random forest", new RandomForestClassifier { TreeCount = 100, MinSamplesLeaf = 3, Seed = 1 }.Fit),
    ("extra-trees", new ExtraTreesClassifier { TreeCount = 100, MinSamplesLeaf = 3, Seed = 1 }.Fit),
    ("AdaBoost", new AdaBoostClassifier { Rounds = 100 }.Fit),
    ("gradient boosting", new GradientBoostingClassifier { Rounds = 100, LearningRate = 0.1, MaxDepth = 3 }.Fit),
    ("Newton boosting", new NewtonBoostingClassifier { Rounds = 100, LearningRate = 0.1, MaxDepth = 3 }.Fit),
};
MetricList<ClassificationMetric> metrics = [ClassificationMetric.LogLoss, ClassificationMetric.Accuracy];
string Text(MetricScores<ClassificationMetric> scores) => $"{scores.Mean:F3} ± {scores.StandardError:F3}";

var results = new Dictionary<(string Set, string Learner), ClassificationCrossValidation>();
foreach (var (set, data) in sets)
{
    FoldPlan plan = FoldPlan.Stratified(5, seed: 1);
    Console.WriteLine($"{set,-19} log loss          accuracy");
    foreach (var (name, fit) in learners)
    {
        var folds = CrossValidation.Run((rows, options, token) => fit(rows, options, token), data, plan, metrics);
        results[(set, name)] = folds;
        Console.WriteLine(
            $"  {name,-17} {Text(folds[ClassificationMetric.LogLoss])}     {Text(folds[ClassificationMetric.Accuracy])}");
    }
}

// The large log losses on few rows come from single mistakes made with certainty: a pure leaf of the pruned tree says that
// a class is impossible, and gradient boosting, whose leaves have nothing like $\lambda$ to hold them back, comes close to
// that. One such row decides the mean of its fold, so the standard errors are as large as the differences. (On the wine
// data the mere order of the columns, which decides between splits that are equally good, moves the 0.342 of gradient
// boosting anywhere between 0.25 and 0.35.)
//
// ## As a picture
//
// On the credit data, where there are rows enough: by how much the log loss of each is above that of the best, fold by
// fold.

string[] names = [.. learners.Select(learner => learner.Name)];
double[] Losses(string name) => [.. results[("credit", name)][ClassificationMetric.LogLoss].Values];

string best = names.MinBy(name => Losses(name).Average())!;
double[][] above = [.. names.Select(name => Losses(name).Zip(Losses(best), (loss, least) => loss - least).ToArray())];
double[] means = [.. above.Select(folds => folds.Average())];
double[] errors =
[
    .. above.Select((folds, i) => Math.Sqrt(folds.Sum(d => (d - means[i]) * (d - means[i])) / (folds.Length - 1) / folds.Length)),
];
Show(Plot.Importances(names, means, errors, measure: $"log loss above that of {best}") with
{
    Title = $"Credit: what it costs not to take {best}",
    Subtitle = "mean difference over five folds, ± one standard error of it",
});

// One of them in full: every client of the credit data as predicted by the forest of the fold that had not seen it.

Show(results[("credit", "random forest")].OutOfFold);

// ## Is the difference real?
//
// The folds are the same for all, so scores can be compared pair by pair. The corrected t test (C. Nadeau and Y. Bengio,
// 2003) allows for training sets that overlap. The log loss of Newton boosting less that of the random forest, with the
// interval of 95 %:

foreach (var (set, _) in sets)
{
    var test = PairedTests.CorrectedT(
        results[(set, "Newton boosting")], results[(set, "random forest")], ClassificationMetric.LogLoss);
    Console.WriteLine($"{set}: {test}");
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
// None of the four differences above is beyond chance at the 5 % level, that on the credit data by a hair; but all four
// lean the same way. The differences between the good ones are small beside those that better features or more rows make.
// Try two, test the difference, and take the simpler where it is within the error.

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
