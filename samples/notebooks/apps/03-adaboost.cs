// AdaBoost: learning from mistakes: ../03-adaboost.ipynb as a program, written by samples/NotebookRunner. Run it: dotnet run 03-adaboost.cs
// Outside of this repository, put '#:package Ensembles.Datasets@*' and '#:package Ensembles.Plots@*' in place of the projects.
#:project ../../../src/Ensembles/Ensembles.csproj
#:project ../../../src/Ensembles.Datasets/Ensembles.Datasets.csproj
#:project ../../../src/Ensembles.Plots/Ensembles.Plots.csproj
#:property PublishAot=false

using Ensembles.AdaBoost;
using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Metrics;
using Ensembles.Plots;
using Ensembles.Trees;

var page = new FigurePage { Title = "AdaBoost: learning from mistakes" };
// # AdaBoost: learning from mistakes
//
// Bagged trees know nothing of each other. Y. Freund and R. Schapire (*A Decision-Theoretic Generalization of On-Line
// Learning and an Application to Boosting*, 1997) train them one after the other, and each looks hardest at the rows that
// those before it got wrong. Out of members that are hardly better than chance comes one that is very good. Data: the cell
// nuclei of 569 breast masses, and a problem made for boosting.

var (train, test) = SampleData.BreastCancer().SplitStratified(0.7, seed: 1);
Console.WriteLine(train);

// ## The algorithm, by hand
//
// Classes are $y_i = \pm 1$, and rows have weights that start as $D_1(i) = 1/n$. Round $t$
//
// 1. trains $h_t$ on the rows under $D_t$;
// 2. takes its weighted error $\varepsilon_t = \sum_{i:\, h_t(x_i) \neq y_i} D_t(i)$;
// 3. gives it the say $\alpha_t = \tfrac12 \ln\frac{1-\varepsilon_t}{\varepsilon_t}$;
// 4. makes wrong rows heavier and right rows lighter: $D_{t+1}(i) \propto D_t(i)\, e^{-\alpha_t y_i h_t(x_i)}$.
//
// The answer is the sign of $F(x) = \sum_t \alpha_t h_t(x)$. With single splits (*stumps*) as members, this is all of it:

int n = train.RowCount;
double[] weights = [.. Enumerable.Repeat(1.0 / n, n)];
double[] y = [.. train.Labels.ToArray().Select(label => label == 1 ? 1.0 : -1.0)];
double[] score = new double[n];
for (int t = 1; t <= 5; t++)
{
    var weighted = ClassificationDataset.FromIndices(train.Features, train.Classes, train.Labels, weights);
    var stump = new DecisionTreeClassifier { MaxDepth = 1 }.Fit(weighted);
    double[] h = [.. stump.PredictClasses(train.Features).Select(label => label == 1 ? 1.0 : -1.0)];
    double error = Enumerable.Range(0, n).Where(i => h[i] != y[i]).Sum(i => weights[i]);
    double alpha = 0.5 * Math.Log((1 - error) / error);
    score = [.. score.Zip(h, (f, vote) => f + (alpha * vote))];
    weights = [.. weights.Select((w, i) => w * Math.Exp(-alpha * y[i] * h[i]))];
    double sum = weights.Sum();
    weights = [.. weights.Select(w => w / sum)];
    int wrong = Enumerable.Range(0, n).Count(i => score[i] * y[i] <= 0);
    Console.WriteLine(
        $"round {t}: {stump.Schema[stump.Tree.Feature(0)].Name,-20}  error {error:F4}, alpha {alpha:F4}; "
        + $"together {wrong,2} of {n} wrong; heaviest row {weights.Max() * n,4:F1} × the mean");
}

// The library does the same. (Its $\alpha$ is that of SAMME, J. Zhu et al. 2009, for any number of classes: twice the one
// above, which changes no decision.)

var model = new AdaBoostClassifier { Rounds = 200 }.Fit(train);
for (int t = 0; t < 5; t++)
{
    Console.WriteLine($"round {t + 1}: error {model.MemberErrors[t]:F4}, alpha {model.MemberWeights[t] / 2:F4}");
}

// ## Errors fall, and go on falling
//
// Freund and Schapire proved that the training error is at most $\prod_t 2\sqrt{\varepsilon_t(1-\varepsilon_t)}$: as long
// as members are a little better than chance, it falls exponentially. The surprise was the other curve: the *test* error
// need not rise when nothing is left to learn on the training rows (here it stays where it is), and on harder problems,
// such as the one further below, it goes on falling.

double[] Staged(AdaBoostClassificationModel boosted, ClassificationDataset data) =>
    [.. boosted.StagedClasses(data.Features).Select(stage => 1 - Accuracy.Compute(data.Labels, stage))];

double[] training = Staged(model, train), unseen = Staged(model, test);
Console.WriteLine(
    $"no training row is wrong from round {Array.FindLastIndex(training, e => e > 0) + 2} on; "
    + $"the test error is {unseen[9]:P1} after 10 rounds, {unseen[^1]:P1} after {unseen.Length}");
Show(Plot.History("share of rows misclassified", ("test", unseen), ("training", training)) with { Title = "AdaBoost of stumps" });

// ## Margins
//
// Why? R. Schapire, Y. Freund, P. Bartlett and W. S. Lee (*Boosting the Margin*, 1998) looked at the **margin** of a row,
// how sure the vote is, and on the right side:
//
// $$
// \operatorname{margin}(x, y) = \frac{y \sum_t \alpha_t h_t(x)}{\sum_t |\alpha_t|} \in [-1, 1]
// $$
//
// When all rows are right, boosting goes on to push the smallest margins up, and pays with the largest: the curve of their
// distribution gets steeper. The fewer rows have a small margin, the fewer mistakes are to be expected on rows not seen.

// The decision function is already divided by the sum of the α.
double[][,] decisions = [.. model.StagedDecisionFunction(train.Features)];
foreach (int t in new[] { 5, 20, 50, 200 })
{
    double[] margins = [.. Enumerable.Range(0, n).Select(i => y[i] * decisions[t - 1][i, 0]).Order()];
    Console.WriteLine(
        $"{t,3} stumps: least margin {margins[0],6:F3}, a tenth are below {margins[n / 10]:F3}, half below {margins[n / 2]:F3}");
}

Show(Plot.Margins(model, train, 5, 20, 200) with { Title = "Margins of the training rows" });

// ## Weights, or rows drawn by weights?
//
// Many texts give the members not weights but a sample of rows drawn by them. Both are in the paper. On ten normal
// features whose squares decide ($y = 1$ where $\sum_j x_j^2 > 9.34$; *The Elements of Statistical Learning*, equation
// 10.2), one stump is hardly better than tossing a coin:

ClassificationDataset few = SyntheticData.Hastie(2000, seed: 10);
ClassificationDataset many = SyntheticData.Hastie(10_000, seed: 11);
var byWeights = new AdaBoostClassifier { Rounds = 200 };

// A member of an unlucky sample may be no better than chance: Restart drops it and goes on from equal weights.
var bySamples = byWeights with { BoostBy = BoostBy.Resampling, Restart = true, Seed = 1 };
double[] reweighted = Staged(byWeights.Fit(few), many), resampled = Staged(bySamples.Fit(few), many);
foreach (int t in new[] { 1, 10, 50, 200 })
{
    Console.WriteLine($"round {t,3}: test error {reweighted[t - 1]:P1} by weights, {resampled[Math.Min(t, resampled.Length) - 1]:P1} by samples");
}

// Weights use every row in every round; a sample adds noise of its own. Where a member takes weights (all of this library
// do), give it weights.
//
// ## Deeper members
//
// A stump sees one feature at a time, so stumps add up to a function without interactions. Depth 2 sees two together. The
// sum of squares has none, but the boundary needs many thresholds a feature:

foreach (int depth in new[] { 1, 2, 4 })
{
    var recipe = new AdaBoostClassifier(new DecisionTreeClassifier { MaxDepth = depth }) { Rounds = 200 };
    double[] curve = Staged(recipe.Fit(few), many);
    Console.WriteLine(
        $"depth {depth}: test error {curve[9]:P1} after 10 rounds, {curve[49]:P1} after 50, {curve[^1]:P1} after {curve.Length}");
}

// Round for round, deeper members are ahead; but each has more splits, and from depth 2 to 4 little is left to gain.
//
// ## Its weak side: rows that are wrongly labelled
//
// A wrong label is a mistake that no member can mend, so its weight grows and grows. We turn the labels of one row in ten:

int[] turned = [.. train.Labels.ToArray().Select((label, row) => row % 10 == 0 ? 1 - label : label)];
var mislabelled = ClassificationDataset.FromIndices(train.Features, train.Classes, turned);
double[] spoilt = Staged(new AdaBoostClassifier { Rounds = 200 }.Fit(mislabelled), test);
foreach (int t in new[] { 10, 50, 200 })
{
    Console.WriteLine($"round {t,3}: test error {unseen[t - 1],5:P1} with right labels, {spoilt[t - 1],6:P1} with one in ten wrong");
}

// ## What to take home
//
// - Each member is trained on what is still wrong, and has a say by how good it was.
// - AdaBoost goes on widening margins when no training row is wrong any more.
// - It minimises $\sum_i e^{-y_i F(x_i)}$, and this loss grows without bounds for rows that cannot be learnt: beware of
// wrong labels.
// - Which other losses could one boost? All that have a derivative: [gradient boosting](04-gradient-boosting.ipynb).

string pictures = Path.Combine(Path.GetTempPath(), "03-adaboost.html");
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
