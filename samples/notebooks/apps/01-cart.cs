// CART: growing a tree, and pruning it: ../01-cart.ipynb as a program, written by samples/NotebookRunner. Run it: dotnet run 01-cart.cs
// Outside of this repository, put '#:package Ensembles.Datasets@*' and '#:package Ensembles.Plots@*' in place of the projects.
#:project ../../../src/Ensembles/Ensembles.csproj
#:project ../../../src/Ensembles.Datasets/Ensembles.Datasets.csproj
#:project ../../../src/Ensembles.Plots/Ensembles.Plots.csproj
#:property PublishAot=false

using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Metrics;
using Ensembles.Plots;
using Ensembles.Trees;

var page = new FigurePage { Title = "CART: growing a tree, and pruning it" };
// # CART: growing a tree, and pruning it
//
// A classification tree asks one question at a time: *is tenure at most 15 months?* Its leaves hold rows that are alike,
// and predict what most of them are. L. Breiman, J. Friedman, R. Olshen and C. Stone (*Classification and Regression
// Trees*, 1984) say which question to ask, and when to stop. This notebook follows them on 7,043 customers of a telephone
// company, of whom 26.5 % left.

ClassificationDataset customers = SampleData.TelcoChurn();
var (train, test) = customers.SplitStratified(0.8, seed: 1);
Console.WriteLine(customers);
Console.WriteLine($"{train.RowCount} rows to learn from, {test.RowCount} to test on");

// ## Which question?
//
// A node $t$ has an impurity $i(t)$. With $p(j|t)$ the share of class $j$ among its rows, Gini's is the chance that two
// rows drawn from it are of different classes:
//
// $$
// i(t) = 1 - \sum_j p(j|t)^2
// $$
//
// A split $s$ sends the share $p_L$ of the rows to $t_L$ and $p_R$ to $t_R$. Of all splits the tree takes the one that
// lowers the impurity most:
//
// $$
// \Delta i(s, t) = i(t) - p_L\, i(t_L) - p_R\, i(t_R)
// $$
//
// Let us do it by hand for one feature, the months that a customer has been with the company, and look at what every
// threshold would gain.

double[] tenure = train.Features.Column(train.Schema.IndexOf("tenure"));
bool[] left = [.. train.Labels.ToArray().Select(label => train.Classes[label] == "Yes")];

// Of two classes, 1 - p² - (1 - p)² is 2p(1 - p).
double Gini(double yes, double all) => all == 0 ? 0 : 2 * (yes / all) * (1 - (yes / all));

double Gain(double threshold)
{
    double all = tenure.Length, allYes = left.Count(yes => yes);
    double below = tenure.Count(value => value <= threshold);
    double belowYes = tenure.Zip(left).Count(pair => pair.First <= threshold && pair.Second);
    double above = all - below, aboveYes = allYes - belowYes;
    return Gini(allYes, all) - (below / all * Gini(belowYes, below)) - (above / all * Gini(aboveYes, above));
}

double[] thresholds = [.. tenure.Distinct().Order().SkipLast(1).Select(value => value + 0.5)];
double[] gains = [.. thresholds.Select(Gain)];
double best = thresholds[Array.IndexOf(gains, gains.Max())];
foreach (double threshold in new[] { 1.5, 5.5, best, 30.5, 60.5 })
{
    Console.WriteLine($"tenure <= {threshold,4:F1} gains {Gain(threshold):F4}");
}

// The library tries all features at once. A tree of one split of `tenure` alone must find the same threshold and the same
// gain:

var onTenure = ClassificationDataset.FromIndices(
    FeatureTable.FromColumns([tenure], ["tenure"]), train.Classes, train.Labels);
var stump = new DecisionTreeClassifier { MaxDepth = 1 }.Fit(onTenure);
Console.Write(stump.ToText());
Console.WriteLine($"the library: tenure <= {stump.Tree.Threshold(0)}, gain {stump.Statistics.Gain(0) / train.RowCount:F6}");
Console.WriteLine($"by hand:     tenure <= {best}, gain {gains.Max():F6}");

// ## A tree that one can read
//
// With all features the first question is another: the contract. Who answers yes goes left. Colours tell the class that a
// node predicts (blue leaves, yellow stays), the fuller the surer.

var shallow = new DecisionTreeClassifier { MaxDepth = 3 }.Fit(train);
Show(Plot.Tree(shallow) with { Title = "Who leaves? Three questions" });

// ## When to stop? Not while growing
//
// Grown to the end, a tree knows its training rows by heart, and is worse on others than the three questions above:

double Score(DecisionTreeClassificationModel tree, ClassificationDataset data) =>
    Accuracy.Compute(data.Labels, tree.PredictClasses(data.Features));

var grown = new DecisionTreeClassifier().Fit(train);
foreach (var tree in new[] { shallow, grown })
{
    Console.WriteLine(
        $"{tree.Tree.LeafCount,4} leaves: accuracy {Score(tree, train):F3} in training, {Score(tree, test):F3} on the test rows");
}

// One could stop where a split gains little. But a split that gains nothing may open the way to one that gains much (think
// of exclusive or: neither input alone says anything). So the book grows the tree to its end and then cuts. Let $R(T)$ be
// how wrong a tree $T$ is on the training rows and $|\tilde T|$ its number of leaves. (The book counts mistakes; the
// library, as scikit-learn does, takes the impurity of the leaves, weighted by their shares of the rows.) If every leaf
// costs $\alpha$, the tree costs
//
// $$
// R_\alpha(T) = R(T) + \alpha\,|\tilde T|
// $$
//
// As the price $\alpha$ rises, branches go, and always in the same order: first the branch $T_t$ with the weakest link,
// the least
//
// $$
// g(t) = \frac{R(t) - R(T_t)}{|\tilde T_t| - 1}
// $$
//
// So there is one path of nested trees, from the grown one to its root:

var path = grown.PruningPath();
Console.WriteLine($"{path.Count} trees on the path; every so often:");
foreach (double alpha in new[] { 0, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.02 })
{
    var pruned = grown.Prune(alpha);
    Console.WriteLine(
        $"alpha {alpha,6:F4}: {pruned.Tree.LeafCount,4} leaves, accuracy {Score(pruned, train):F3} in training, "
        + $"{Score(pruned, test):F3} on the test rows");
}

// The training accuracy only falls; the test accuracy rises first, and then falls too. Choosing the best row of this table
// would be cheating: the test rows would have chosen. **Cross-validation** chooses from the training rows alone. The error
// of ten folds has a standard error, and the book takes the smallest tree that is within one of it of the best: the
// *one-standard-error rule*.

var (_, validation) = new PrunedTreeClassifier { Seed = 1 }.GrowAndValidate(train);
Console.WriteLine($"least error:        {validation.Best}");
Console.WriteLine($"one standard error: {validation.OneStandardError}");

var chosen = new PrunedTreeClassifier { Seed = 1 }.Fit(train);
Console.WriteLine(
    $"{chosen.Tree.LeafCount} leaves: accuracy {Score(chosen, train):F3} in training, {Score(chosen, test):F3} on the test rows");

Show(Plot.Tree(chosen) with { Title = "The tree that pruning chose" });

// ## What does it say of one customer?
//
// All questions on the way to a leaf make a rule, and the share of the leaf is how sure the tree is:

double[] customer = test.Features.Row(0);
Console.WriteLine(chosen.Rule(customer).ToString(showMissing: false));

// ## What to take home
//
// - A split is judged by how much it lowers the impurity; every feature and threshold is tried.
// - Grow, then prune: stopping early can miss what two splits do together.
// - The price of a leaf, $\alpha$, is chosen by cross-validation; one standard error buys a much smaller tree for hardly
// any accuracy.
// - A tree reads like a rule book, and is *unstable*: other rows of the same kind give another tree. The [next
// notebook](02-forests.ipynb) makes use of just that.

string pictures = Path.Combine(Path.GetTempPath(), "01-cart.html");
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
