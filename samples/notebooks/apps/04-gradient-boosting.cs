// Gradient boosting: any loss, small steps: ../04-gradient-boosting.ipynb as a program, written by samples/NotebookRunner. Run it: dotnet run 04-gradient-boosting.cs
// Outside of this repository, put '#:package Ensembles.Datasets@*' and '#:package Ensembles.Plots@*' in place of the projects.
#:project ../../../src/Ensembles/Ensembles.csproj
#:project ../../../src/Ensembles.Datasets/Ensembles.Datasets.csproj
#:project ../../../src/Ensembles.Plots/Ensembles.Plots.csproj
#:property PublishAot=false

using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.GradientBoosting;
using Ensembles.Metrics;
using Ensembles.Plots;
using Ensembles.Trees;

var page = new FigurePage { Title = "Gradient boosting: any loss, small steps" };
// # Gradient boosting: any loss, small steps
//
// AdaBoost re-weights rows. J. Friedman (*Greedy Function Approximation: A Gradient Boosting Machine*, 2001) saw a more
// general machine in it: go downhill in the space of functions. Take the derivative of the loss at every row, fit a tree
// to it, and add a little of that tree to the model. Any loss that has a derivative can be boosted so.



// ## An example to do by hand
//
// Four people; we want to tell their age.
//
// | age | spending | asks questions |
// |---|---|---|
// | 14 | low | yes |
// | 16 | low | no |
// | 24 | high | yes |
// | 26 | high | no |
//
// The loss is $\tfrac12 (y - F)^2$, and its negative derivative is just the **residual** $y - F$. The beginning is the
// mean:
//
// $$
// F_0 = \frac{14 + 16 + 24 + 26}{4} = 20, \qquad y - F_0 = (-6, -4, 4, 6)
// $$
//
// The first tree, of a single split, is fitted to these residuals. Spending parts them best, with means $-5$ and $5$, so
// $F_1 = (15, 15, 25, 25)$ and the residuals are $(-1, 1, -1, 1)$. The second tree splits by questions: $-1$ for yes and
// $1$ for no. So $F_2 = (14, 16, 24, 26)$, and nothing is left.

FeatureTable people = new FeatureTableBuilder()
    .Categorical("spending", ["low", "low", "high", "high"])
    .Categorical("asks", ["yes", "no", "yes", "no"])
    .Build();
RegressionDataset ages = RegressionDataset.Create(people, [14, 16, 24, 26]);
var byHand = new GradientBoostingRegressor { Rounds = 2, LearningRate = 1, MaxDepth = 1, MinSamplesLeaf = 1 }.Fit(ages);
double[][] stages = [.. byHand.StagedPredictions(people)];
for (int m = 1; m <= 2; m++)
{
    string feature = byHand.Schema[byHand.Trees[m - 1].Feature(0)].Name;
    Console.WriteLine($"F{m} = ({string.Join(", ", stages[m - 1])}): tree {m} splits by {feature}");
}

// ## Shrinkage
//
// A full step ($\nu = 1$) believes every tree entirely. Friedman found that small steps,
//
// $$
// F_m(x) = F_{m-1}(x) + \nu\, \gamma_m(x), \qquad 0 < \nu \le 1,
// $$
//
// with $\gamma_m(x)$ the value of the leaf of tree $m$ that $x$ falls into, and with more of them, do better on rows not
// seen. 53,940 diamonds with their prices; we take 2,000 to learn from and 3,000 to test on, and boost the logarithm of
// the price.

RegressionDataset diamonds = SampleData.Diamonds();
RegressionDataset logged = RegressionDataset.Create(
    diamonds.Features, [.. diamonds.Targets.ToArray().Select(price => Math.Log(price))]);
var (some, rest) = logged.Split(2000.0 / logged.RowCount, seed: 1);
var (held, _) = rest.Split(3000.0 / rest.RowCount, seed: 2);

double[] Curve(GradientBoostingRegressor recipe) =>
[
    .. recipe.Fit(some).StagedPredictions(held.Features)
        .Select(stage => RootMeanSquaredError.Compute(held.Targets, stage)),
];

var curves = new List<(string Name, IReadOnlyList<double> Errors)>();
foreach (double rate in new[] { 1, 0.3, 0.1, 0.03 })
{
    double[] curve = Curve(new GradientBoostingRegressor { Rounds = 500, LearningRate = rate, MaxDepth = 4 });
    int least = Array.IndexOf(curve, curve.Min()) + 1;
    Console.WriteLine(
        $"ν = {rate,-4}: least error {curve.Min():F4} after {least,3} of {curve.Length} rounds, {curve[^1]:F4} at the end");
    curves.Add(($"ν = {rate}", [.. curve.Select(error => error < 0.2 ? error : double.NaN)]));
}

Show(Plot.History("root mean squared error of ln price, test rows", [.. curves]) with
{
    Title = "Small steps end lower, and take longer",
    Subtitle = "errors below 0.2",
});

// Big steps overfit early; small ones end lower, and the smallest is still on its way after 500 rounds. Rule of thumb: the
// smallest rate that you have patience for, and early stopping for the number of rounds.
//
// ## Sampling rows
//
// *Stochastic* gradient boosting (Friedman 2002) shows each tree a random part of the rows. The rows left out tell for
// nothing what the round was worth: the **out-of-bag improvement**.

foreach (double share in new[] { 1, 0.5, 0.2 })
{
    var recipe = new GradientBoostingRegressor { Rounds = 200, LearningRate = 0.1, MaxDepth = 4, Subsample = share, Seed = 1 };
    Console.WriteLine($"{share,5:P0} of the rows: least error {Curve(recipe).Min():F4}");
}

// Prices follow the measures closely, so there is little noise to average away: half of the rows do as well as all of
// them, in less time. On noisy data they often do better: try it, and let rows not seen decide.

// ## Other losses: when some targets are wild
//
// Squared error chases outliers. Absolute error and Huber's loss,
//
// $$
// \ell_\delta(r) = \begin{cases} \tfrac12 r^2 & |r| \le \delta \\ \delta\,(|r| - \tfrac12\delta) & |r| > \delta
// \end{cases}
// $$
//
// have derivatives that stop growing. We spoil one price in fifty of the training rows (a factor $e^{4}$, as by a slipped
// decimal point) and test on clean rows:

double[] wild = [.. some.Targets.ToArray().Select((price, row) => row % 50 == 0 ? price + 4 : price)];
RegressionDataset spoilt = RegressionDataset.Create(some.Features, wild);
RegressionLoss[] losses = [RegressionLoss.SquaredError, RegressionLoss.Huber, RegressionLoss.AbsoluteError];
foreach (RegressionLoss loss in losses)
{
    var recipe = new GradientBoostingRegressor { Loss = loss, Rounds = 100, MaxDepth = 4 };
    double clean = MeanAbsoluteError.Compute(held.Targets, recipe.Fit(some).Predict(held.Features));
    double bad = MeanAbsoluteError.Compute(held.Targets, recipe.Fit(spoilt).Predict(held.Features));
    Console.WriteLine($"{loss,-13}  mean absolute error {clean:F4} from right prices, {bad:F4} from some wrong ones");
}

// One price in fifty doubles the error of squared loss; the other two hardly notice.
//
// ## Not the mean but the range: quantiles
//
// The loss $\alpha\,(y-F)$ above and $(1-\alpha)(F-y)$ below is least at the $\alpha$-quantile. Two models make an
// interval:

double[] Quantile(double alpha) =>
    new GradientBoostingRegressor { Loss = RegressionLoss.Quantile, Alpha = alpha, Rounds = 100, MaxDepth = 4, MinSamplesLeaf = 20 }
        .Fit(some).Predict(held.Features);

double[] low = Quantile(0.05), high = Quantile(0.95);
double within = Enumerable.Range(0, held.RowCount)
    .Average(row => held.Targets[row] >= low[row] && held.Targets[row] <= high[row] ? 1.0 : 0);
Console.WriteLine($"{within:P1} of the test prices are within the interval that should hold 90 %; the first five:");
for (int row = 0; row < 5; row++)
{
    bool isWithin = held.Targets[row] >= low[row] && held.Targets[row] <= high[row];
    Console.WriteLine(
        $"  from {Math.Exp(low[row]),6:F0} to {Math.Exp(high[row]),6:F0} dollars; it cost {Math.Exp(held.Targets[row]),6:F0}"
        + (isWithin ? string.Empty : ", outside"));
}

// Fewer than promised: a model of a quantile overfits as any other does. Where the promise matters, measure it on rows
// kept aside, as here, and widen.
//
// ## What to take home
//
// - Each tree is fitted to the negative derivative of the loss, $\tilde y_i = -\partial \ell / \partial F(x_i)$; for
// squared error that is the residual.
// - The loss says what is learnt: the mean, the median, a quantile, a probability.
// - Small learning rates with many rounds; sample the rows; stop by rows that are not trained on.
// - The second derivative helps too: [Newton boosting](05-newton-boosting.ipynb).

string pictures = Path.Combine(Path.GetTempPath(), "04-gradient-boosting.html");
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
