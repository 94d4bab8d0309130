using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.NewtonBoosting;
using Ensembles.RandomForests;
using Ensembles.Trees;

// What a user does with the packages: load, train, predict; exits with 1 where the result is not what it must be.
(ClassificationDataset train, ClassificationDataset test) = SampleData.BreastCancer().SplitStratified(0.7, seed: 1);
var forest = new RandomForestClassifier { TreeCount = 50, Seed = 1 }.Fit(train);
double accuracy = Accuracy.Compute(test.Labels, forest.PredictClasses(test.Features));
string first = forest.PredictLabel(test.Features.Row(0));
var tree = new DecisionTreeClassifier { MaxDepth = 3 }.Fit(train);
Console.WriteLine(FormattableString.Invariant(
    $"forest of {forest.Trees.Count} trees: accuracy {accuracy:F3}, first row {first}; tree of {tree.Tree.LeafCount} leaves"));

// Boosting and the model file, and every bit of the predictions: a trimmed program must print the same line.
var boosted = new NewtonBoostingClassifier { Rounds = 20, Seed = 1 }.Fit(train);
using var file = new MemoryStream();
boosted.Save(file);
file.Position = 0;
ClassificationModel loaded = ClassificationModel.Load(file);
long bits = 0;
foreach (double probability in loaded.PredictProbabilities(test.Features))
{
    bits = unchecked((bits * 31) + BitConverter.DoubleToInt64Bits(probability));
}

Console.WriteLine(FormattableString.Invariant($"boosted model of {file.Length} bytes, predictions {bits:x16}"));
return accuracy > 0.9 ? 0 : 1;
