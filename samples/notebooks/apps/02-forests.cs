// Bagging and random forests: ../02-forests.ipynb as a program, written by samples/NotebookRunner. Run it: dotnet run 02-forests.cs
// Outside of this repository, put '#:package Ensembles.Datasets@*' and '#:package Ensembles.Plots@*' in place of the projects.
#:project ../../../src/Ensembles/Ensembles.csproj
#:project ../../../src/Ensembles.Datasets/Ensembles.Datasets.csproj
#:project ../../../src/Ensembles.Plots/Ensembles.Plots.csproj
#:property PublishAot=false

using Ensembles.Bagging;
using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Metrics;
using Ensembles.Plots;
using Ensembles.RandomForests;
using Ensembles.Trees;

var page = new FigurePage { Title = "Bagging and random forests" };
// # Bagging and random forests
//
// A deep tree is right on average and wrong in particular: draw other rows, and it looks different. L. Breiman turned this
// weakness into a method: average many such trees (*Bagging Predictors*, 1996), and make them differ even more (*Random
// Forests*, 2001). The data: 569 breast masses, 30 measurements of cell nuclei each, benign or malignant; and at the end
// 442 diabetes patients.

ClassificationDataset masses = SampleData.BreastCancer();
var (train, test) = masses.SplitStratified(0.7, seed: 1);
Console.WriteLine(masses);

// ## How unstable is a tree?
//
// Forty trees, each from a *bootstrap sample*: $n$ rows drawn with replacement from the $n$ training rows. We ask how
// often two of them disagree about a test row, and how often each is wrong.

var forty = new BaggingClassifier(new DecisionTreeClassifier()) { Count = 40, Seed = 1 }.Fit(train);
int[][] votes = [.. forty.Members.Select(member => member.Model.PredictClasses(test.Features))];
double[] errors = [.. votes.Select(vote => 1 - Accuracy.Compute(test.Labels, vote))];
double disagreement = votes
    .SelectMany((a, i) => votes.Skip(i + 1).Select(b => 1 - Accuracy.Compute(a, b)))
    .Average();
double ofMean = 1 - Accuracy.Compute(test.Labels, forty.PredictClasses(test.Features));

Console.WriteLine(
    $"a tree of these is wrong on {errors.Average():P1} of the rows, from {errors.Min():P1} to {errors.Max():P1}");
Console.WriteLine($"two of them disagree on {disagreement:P1}");
Console.WriteLine($"their mean is wrong on {ofMean:P1}");

// The mean is better than the typical member. Why? Let $B$ trees have variance $\sigma^2$ each and correlation $\rho$
// between any two. Their mean has the variance
//
// $$
// \rho\,\sigma^2 + \frac{1-\rho}{B}\,\sigma^2
// $$
//
// More trees ($B$) make the second part vanish; the first stays. **To do better, trees must be less alike: lower $\rho$.**
//
// ## Random forests: a few features a node
//
// A random forest draws, at *every node*, $k$ of the $d$ features, and splits by the best of these. Strong features can no
// longer be at the top of all trees. Small $k$ makes trees differ (good) and each tree weaker (bad). Breiman took the
// first whole number below $\log_2 d + 1$, and saw that the result depends on it surprisingly little. The library, as
// scikit-learn, rounds $\log_2 d$ down: $\log_2 30 \approx 4.9$, so $k = 4$.

double[] Errors(ForestClassificationModel model) => model.OutOfBag!.ErrorCurve.ToArray();

double Wrong(ForestClassificationModel model) => 1 - Accuracy.Compute(test.Labels, model.PredictClasses(test.Features));

var recipe = new RandomForestClassifier { TreeCount = 300, Seed = 1 };
var choices = new[]
{
    ("k = 1", FeatureCount.Exactly(1)), ("k = log₂ d = 4", FeatureCount.Log2), ("k = d = 30 (bagging)", FeatureCount.All),
};
var curves = new List<(string Name, IReadOnlyList<double> Errors)>();
foreach (var (name, k) in choices)
{
    var model = (recipe with { MaxFeatures = k }).Fit(train);
    double one = Enumerable.Range(0, 40)
        .Average(seed => Wrong((recipe with { MaxFeatures = k, TreeCount = 1, Seed = (ulong)seed }).Fit(train)));
    Console.WriteLine(
        $"{name,-21} one tree {one,6:P1}, forest of 300 {Wrong(model):P1}, "
        + $"out of bag {1 - model.OutOfBag!.Accuracy:P1}, log loss {model.OutOfBag.LogLoss:F3}");
    curves.Add((name, Errors(model)));
}

// Single trees get worse by four points as $k$ falls from 30 to 1, their forests by hardly more than one (which is two of
// the 171 test rows): the trees are weaker, and less alike. The out-of-bag log loss, which sees more than right and wrong,
// likes the middle best; and a node that tries 4 features instead of 30 is found in a fraction of the time. On data with
// many useful features the gain is larger.
//
// ## Out of bag: a test set for nothing
//
// A bootstrap sample misses a given row with the chance
//
// $$
// \left(1 - \frac1n\right)^n \to \frac1e \approx 0.37
// $$
//
// So about a third of the trees have never seen the row, and their vote on it is an honest prediction. The error of these
// predictions over all training rows is the **out-of-bag error**. It also tells when there are enough trees: where the
// curve is flat.

Show(Plot.OutOfBagError("share of rows misclassified", [.. curves]));

// A forest does not overfit by more trees: the curve settles (Breiman 2001, theorem 1.2). The number of trees is a matter
// of patience, not of tuning.
//
// ## What matters?
//
// Two measures. The **impurity importance** sums what all splits by a feature gained: free, but it favours features of
// many values. The **permutation importance** shuffles one feature among the out-of-bag rows of each tree and asks how
// much the error rises: it measures what the predictions of the forest owe to it.

var forest = recipe.Fit(train);
Show(Plot.Importances(forest, top: 10) with { Title = "By impurity" });

Show(Plot.Importances(forest.PermutationImportances(train), top: 10) with { Title = "By permutation" });

// Beware: `worst radius`, `worst perimeter` and `worst area` say the same thing three times. Shuffle one, and the other
// two stand in for it, so each looks less important than the size of the nuclei is. Importances of features that go
// together must be read together.
//
// Pure noise is a good test of a measure. We add a column of random numbers, which means nothing, and see where it ends
// up:

var random = new Random(1);
double[] noise = [.. Enumerable.Range(0, train.RowCount).Select(_ => random.NextDouble())];
int d = train.Schema.Count;
var noisy = ClassificationDataset.FromIndices(
    FeatureTable.FromColumns(
        [.. Enumerable.Range(0, d).Select(train.Features.Column), noise],
        [.. train.Schema.Select(feature => feature.Name), "noise"]),
    train.Classes,
    train.Labels);
var onNoisy = recipe.Fit(noisy);

double[] byImpurity = onNoisy.FeatureImportances();
var byPermutation = onNoisy.PermutationImportances(noisy);
int Rank(IEnumerable<double> all, double one) => 1 + all.Count(other => other > one);

Console.WriteLine($"by impurity:    noise is {byImpurity[d]:F4}, place {Rank(byImpurity, byImpurity[d])} of {d + 1}");
Console.WriteLine(
    $"by permutation: noise is {byPermutation[d].Mean:F4} ± {byPermutation[d].StandardError:F4}, "
    + $"place {Rank(byPermutation.Select(one => one.Mean), byPermutation[d].Mean)} of {d + 1}");

// Both put it last, but the impurity gives it something all the same (every column makes a good split somewhere, by luck);
// by permutation it is worth nothing, within its error.
//
// ## Numbers
//
// Regression forests average the means of leaves. How much is there to gain on 442 patients, where noise rules? Twenty
// random splits, since one would be luck:

RegressionDataset patients = SampleData.Diabetes();

// The mean error of twenty splits of the patients.
double Error(Func<RegressionDataset, FeatureTable, double[]> predict) => Enumerable.Range(0, 20).Average(seed =>
{
    var (fit, held) = patients.Split(0.8, (ulong)seed);
    return RootMeanSquaredError.Compute(held.Targets, predict(fit, held.Features));
});

var bagging = new BaggingRegressor(new DecisionTreeRegressor()) { Count = 50, Seed = 1 };
var trees = new RandomForestRegressor { TreeCount = 200, Seed = 1 };
double mean = Error((fit, rows) => [.. Enumerable.Repeat(fit.Targets.ToArray().Average(), rows.RowCount)]);

Console.WriteLine("root mean squared error of");
Console.WriteLine($"  the mean         {mean:F1}");
Console.WriteLine($"  one tree         {Error((fit, rows) => new DecisionTreeRegressor().Fit(fit).Predict(rows)):F1}");
Console.WriteLine($"  50 bagged trees  {Error((fit, rows) => bagging.Fit(fit).Predict(rows)):F1}");
Console.WriteLine($"  forest of 200    {Error((fit, rows) => trees.Fit(fit).Predict(rows)):F1}");

// A single deep tree is *worse than knowing nothing*: it repeats the noise of its leaves. Averaging takes the noise out
// and keeps what was learnt.
//
// ## What to take home
//
// - Averaging lowers variance, down to $\rho\sigma^2$; a random forest lowers $\rho$ by drawing features at every node.
// - $k = \log_2 d$ or $\sqrt d$ are good beginnings; the out-of-bag error tells whether another is better, without a test
// set.
// - More trees cost nothing but time. Of the importances those by permutation are safer; correlated features share theirs.
// - Next: members that know of each other's mistakes, [AdaBoost](03-adaboost.ipynb).

string pictures = Path.Combine(Path.GetTempPath(), "02-forests.html");
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
