// Reading a model: ../06-reading-a-model.ipynb as a program, written by samples/NotebookRunner. Run it: dotnet run 06-reading-a-model.cs
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

var page = new FigurePage { Title = "Reading a model" };
// # Reading a model
//
// An ensemble of many trees cannot be read as one tree can. But it can be asked. This notebook asks a boosted model of
// 7,043 telephone customers who leaves, and why it says so of a single one.

var (train, test) = SampleData.TelcoChurn().SplitStratified(0.8, seed: 1);
var model = new NewtonBoostingClassifier { Rounds = 150, LearningRate = 0.05, MaxDepth = 4 }.Fit(train);
Console.WriteLine(
    $"test ROC AUC {model.Evaluate(test).Evaluate(ClassificationMetric.AreaUnderRoc):F3}; "
    + $"the score is the log-odds of '{model.Classes[1]}': of staying");

// ## First question: what does it go by?
//
// The gain of all splits by a feature is free to have, and tells what the *training* went by.

Show(Plot.Importances(model, top: 10));

// ## SHAP: who brought how much
//
// L. Shapley (1953) asked how to share what a team earned among its members. Let $v(S)$ be what the model says when it
// knows only the features in $S$. Feature $j$ gets its mean contribution over all orders in which the features can join:
//
// $$
// \phi_j = \sum_{S \subseteq N \setminus \{j\}} \frac{|S|!\,(|N|-|S|-1)!}{|N|!}\,\bigl[v(S \cup \{j\}) - v(S)\bigr]
// $$
//
// It is the only way of sharing that is fair in Shapley's sense, and the shares add up: $f(x) = \phi_0 + \sum_j \phi_j$.
// For trees S. Lundberg et al. (*From local explanations to global understanding*, 2020) compute it exactly in polynomial
// time.

FeatureTable rows = test.Features;
ShapValues shap = model.Explain(rows);
double[] odds = [.. Enumerable.Range(0, test.RowCount).Select(row =>
{
    var probabilities = new double[2];
    model.PredictProbabilities(rows.Row(row), probabilities);
    return Math.Log(probabilities[1] / probabilities[0]);
})];
double worst = Enumerable.Range(0, test.RowCount).Max(row => Math.Abs(shap.Sum(row) - odds[row]));
Console.WriteLine($"the shares add up to the log-odds of every row, to {(worst < 1e-9 ? "better" : "worse")} than 1e-9");

// Every point is a customer; to the right of the middle a feature speaks for staying, to the left for leaving. The colour
// is the value of the feature; categories, which have no order, are grey.

Show(Plot.ShapSummary(shap, top: 10));

// ## One customer
//
// The one whom the model thinks most likely to leave, and what makes it think so. Read from below: from the base value,
// the score of a customer of whom nothing is known, feature after feature, to the score of this customer (the dashed
// lines):

int likely = Array.IndexOf(odds, odds.Min());
Show(Plot.ShapWaterfall(shap, likely, top: 8));

// ## One feature
//
// How does the contribution of `tenure` change with its value? The spread at one value is the work of interactions: the
// same months count differently by the other features.

Show(Plot.ShapDependence(shap, "tenure", "contract"));

// ## The mean answer: partial dependence
//
// J. Friedman (2001) sets the feature to a value in *all* rows and takes the mean prediction: $\bar f_j(z) = \frac1n
// \sum_i f(z, x_{i,\setminus j})$. It answers "what if", with the caution that it also asks about rows that cannot be.

PartialDependence dependence = model.PartialDependence(train.Features, "tenure");
Show(Plot.PartialDependence(
    dependence, output: model.Classes.IndexOf("Yes"), prediction: "mean probability of leaving"));

// ## What to take home
//
// - Gain tells what training went by; SHAP values tell what a prediction is made of, and add up to it.
// - Dependence shows shape: here the first months are the dangerous ones.
// - None of these tells *causes*. A model that has learnt that customers with long contracts stay does not know what would
// happen if one gave them to others.
// - Is it the right model at all? [Which ensemble when](07-which-ensemble.ipynb).

string pictures = Path.Combine(Path.GetTempPath(), "06-reading-a-model.html");
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
