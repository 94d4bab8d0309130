// Newton boosting, as XGBoost does it: ../05-newton-boosting.ipynb as a program, written by samples/NotebookRunner. Run it: dotnet run 05-newton-boosting.cs
// Outside of this repository, put '#:package Ensembles.Datasets@*' and '#:package Ensembles.Plots@*' in place of the projects.
#:project ../../../src/Ensembles/Ensembles.csproj
#:project ../../../src/Ensembles.Datasets/Ensembles.Datasets.csproj
#:project ../../../src/Ensembles.Plots/Ensembles.Plots.csproj
#:property PublishAot=false

using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Evaluation;
using Ensembles.Explanation;
using Ensembles.Metrics;
using Ensembles.NewtonBoosting;
using Ensembles.Plots;
using Ensembles.Trees;

var page = new FigurePage { Title = "Newton boosting, as XGBoost does it" };
// # Newton boosting, as XGBoost does it
//
// Gradient boosting knows which way is down. T. Chen and C. Guestrin (*XGBoost: A Scalable Tree Boosting System*, 2016)
// let the second derivative say how far to go as well, and put a price on large trees and large leaves. This is what most
// people mean by boosting today. Data: 4,454 applications for credit, with numbers, categories, and 455 missing cells.

ClassificationDataset credit = SampleData.CreditData();
var (train, test) = credit.SplitStratified(0.8, seed: 1);
Console.WriteLine(credit);
foreach (Feature feature in credit.Schema)
{
    Console.WriteLine($"  {feature}");
}

// ## The objective
//
// With $g_i$ and $h_i$ the first and second derivative of the loss at row $i$, a tree with leaves $j = 1 \dots T$ and leaf
// weights $w_j$ changes the loss by about
//
// $$
// \sum_i \left[ g_i\, w_{j(i)} + \tfrac12 h_i\, w_{j(i)}^2 \right] + \gamma T + \tfrac12 \lambda \sum_j w_j^2
// $$
//
// With $G_j$ and $H_j$ the sums over the rows of a leaf, the best weight and the gain of a split follow by setting a
// derivative to zero:
//
// $$
// w_j^* = -\frac{G_j}{H_j + \lambda}, \qquad \text{gain} = \frac12\left[ \frac{G_L^2}{H_L+\lambda} +
// \frac{G_R^2}{H_R+\lambda} - \frac{(G_L+G_R)^2}{H_L+H_R+\lambda} \right] - \gamma
// $$
//
// (Where a gain is compared with $\gamma$, `MinSplitGain`, the factor ½ is left away, as in XGBoost's code.) Let us check
// a leaf. For the log loss, $g = p - y$ and $h = p(1-p)$. All rows begin at the same probability, so a tree of one split
// has two leaves that we can compute:

var one = new NewtonBoostingClassifier { Rounds = 1, MaxDepth = 1, LearningRate = 1, L2 = 1 }.Fit(train);
Tree tree = one.Trees[0];
double p = train.Labels.ToArray().Average();
foreach (var leaf in Enumerable.Range(0, train.RowCount).GroupBy(row => tree.LeafOf(train.Features.Row(row))).OrderBy(rows => rows.Key))
{
    double g = leaf.Sum(row => p - train.Labels[row]), h = leaf.Count() * p * (1 - p);
    Console.WriteLine(
        $"leaf of {leaf.Count(),4} rows: -G/(H + λ) = {-g / (h + 1),8:F5}, in the tree {tree.LeafValue(leaf.Key)[0],8:F5}");
}

// The split is by a category (`Records`: has the client been in arrears before?), in a set, with no columns of zeros and
// ones. Missing cells try both sides, and the better one is remembered. Nothing has to be filled in or encoded before.
//
// ## Early stopping
//
// How many rounds? A part of the training rows is kept aside, and training ends when the loss on them has not improved for
// a while. The test rows are not asked.

var (fit, valid) = train.SplitStratified(0.8, seed: 2);
var recipe = new NewtonBoostingClassifier
{
    Rounds = 1000,
    LearningRate = 0.05,
    MaxDepth = 5,
    EarlyStoppingRounds = 80,
    EvaluateTraining = true,
};

double Loss(NewtonBoostingClassificationModel model, ClassificationDataset data) =>
    model.Evaluate(data).Evaluate(ClassificationMetric.LogLoss);

var stopped = recipe.Fit(fit, valid);
Console.WriteLine(
    $"kept {stopped.RoundCount} of {stopped.History.RoundCount} rounds; "
    + $"log loss {Loss(stopped, valid):F4} on the rows kept aside, {Loss(stopped, test):F4} on the test rows");
Show(Plot.History(stopped.History) with { Title = "Where to stop", Subtitle = "validation: the rows kept aside" });

// The training loss falls for ever. What it learns after the mark is noise. What the model that was kept does on the test
// rows, class by class:

Show(stopped.Evaluate(test));

// ## Regularisation
//
// Each of these makes the trees more careful. Which helps depends on the data; what we look at is the loss on the rows
// kept aside, and the test loss only confirms it.

var ways = new (string Name, NewtonBoostingClassifier Recipe)[]
{
    ("as it is (λ = 1)", recipe),
    ("λ = 0", recipe with { L2 = 0 }),
    ("λ = 20", recipe with { L2 = 20 }),
    ("γ = 1 (a split must gain)", recipe with { MinSplitGain = 1 }),
    ("leaves of hessian 10", recipe with { MinChildWeight = 10 }),
    ("depth 3", recipe with { MaxDepth = 3 }),
    ("half the rows a round", recipe with { Subsample = 0.5 }),
    ("half the columns a tree", recipe with { ColumnSampleByTree = 0.5 }),
    ("depth 3, both halves", recipe with { MaxDepth = 3, Subsample = 0.5, ColumnSampleByTree = 0.5 }),
};
foreach (var (name, way) in ways)
{
    var model = way.Fit(fit, valid);
    Console.WriteLine(
        $"{name,-26} {model.RoundCount,3} rounds, log loss {Loss(model, valid):F4} kept aside, {Loss(model, test):F4} test");
}

// Shallow trees, each of half the rows and half the columns, do best on the rows kept aside, and on the test rows too.
//
// ## Missing values carry news
//
// We take away every third income, whoever it belongs to, and then, instead, half of those of the clients who turned out
// bad (as if they had left the field empty). The first costs a little; the second *helps*, as the gap itself is learnt. So
// a missing value is not filled with a mean. (In earnest one would ask whether the gap was there before the outcome was;
// else it is a leak.)

int income = credit.Schema.IndexOf("Income"), bad = credit.Classes.IndexOf("bad");

// The same rows without some of the incomes; what is a category stays one.
ClassificationDataset Without(ClassificationDataset data, Func<int, bool> gone)
{
    var table = new FeatureTableBuilder();
    foreach (var (feature, column) in data.Schema.Select((feature, column) => (feature, column)))
    {
        double[] cells = data.Features.Column(column);
        _ = feature.IsCategorical
            ? table.Categorical(feature.Name, feature.Categories, [.. cells.Select(cell => double.IsNaN(cell) ? -1 : (int)cell)])
            : table.Numeric(feature.Name, [.. cells.Select((cell, row) => column == income && gone(row) ? double.NaN : cell)]);
    }

    return ClassificationDataset.FromIndices(table.Build(), data.Classes, data.Labels);
}

var quick = new NewtonBoostingClassifier { Rounds = 60, LearningRate = 0.1, MaxDepth = 3 };
double After(Func<ClassificationDataset, int, bool> gone) =>
    Loss(quick.Fit(Without(train, row => gone(train, row))), Without(test, row => gone(test, row)));

bool IsBad(ClassificationDataset data, int row) => data.Labels[row] == bad;

Console.WriteLine($"all incomes as they are:            log loss {After((_, _) => false):F4}");
Console.WriteLine($"every third gone:                   log loss {After((_, row) => row % 3 == 0):F4}");
Console.WriteLine($"half of the bad clients', no other: log loss {After((data, row) => row % 2 == 0 && IsBad(data, row)):F4}");

// ## Constraints: what we know already
//
// A bank may have to promise that, all else equal, a higher income never makes an application worse. A **monotone
// constraint** keeps this promise in every tree.

var patient = recipe with { EarlyStoppingRounds = 40, EvaluateTraining = false };
var free = patient.Fit(fit, valid);
var increasing = MonotoneConstraints.Of(("Income", Monotonicity.Increasing));
var promised = (patient with { MonotoneConstraints = increasing }).Fit(fit, valid);

// The probability of a good client along incomes, all else equal.
double[] incomes = [.. Enumerable.Range(0, 60).Select(i => 10.0 + (5 * i))];
double[] Along(NewtonBoostingClassificationModel model, double[] client) => [.. incomes.Select(value =>
{
    double[] changed = [.. client];
    changed[income] = value;
    var probabilities = new double[2];
    model.PredictProbabilities(changed, probabilities);
    return probabilities[1];
})];

int Falls(NewtonBoostingClassificationModel model) => Enumerable.Range(0, test.RowCount).Count(row =>
{
    double[] curve = Along(model, test.Features.Row(row));
    return curve.Zip(curve.Skip(1)).Any(pair => pair.Second < pair.First);
});

Console.WriteLine(
    $"free:     test log loss {Loss(free, test):F4}; "
    + $"for {Falls(free)} of {test.RowCount} clients more income sometimes counts against them");
Console.WriteLine($"promised: test log loss {Loss(promised, test):F4}; for {Falls(promised)} of {test.RowCount}");

// As a picture, of the model that keeps the promise:

var either = new PartialDependenceOptions { GridResolution = 40, KeepIndividual = true };
Show(Plot.PartialDependence(promised.PartialDependence(test.Features, "Income", either), prediction: "probability of a good client") with
{
    Title = "What income does, with the promise",
});

// Every grey line is a client, and none falls. A constraint that is true costs next to nothing, and may help: it is
// knowledge that need not be learnt.
//
// ## What to take home
//
// - Leaf weights are $-G/(H+\lambda)$; a split must gain more than $\gamma$.
// - Early stopping finds the number of rounds; it needs rows of its own.
// - Categories and missing values go in as they are.
// - Say what you know: monotone and interaction constraints.
// - What has the model learnt? [Reading a model](06-reading-a-model.ipynb).

string pictures = Path.Combine(Path.GetTempPath(), "05-newton-boosting.html");
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
