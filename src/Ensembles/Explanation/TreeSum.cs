using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Prediction;
using Ensembles.Trees;

namespace Ensembles.Explanation;

/// <summary>A model as a sum of trees: what can be explained exactly.</summary>
/// <param name="Schema">The features.</param>
/// <param name="Terms">The trees.</param>
/// <param name="BaseScores">What is added to each output of every row.</param>
/// <param name="OutputNames">What the outputs are called.</param>
/// <param name="Scale">What the sums are.</param>
internal sealed record TreeSum(
    FeatureSchema Schema, TreeTerm[] Terms, double[] BaseScores, string[] OutputNames, ExplainedScale Scale)
{
    private const string Value = "value";

    /// <summary>The number of sums of a row.</summary>
    public int OutputCount => BaseScores.Length;

    /// <summary>What a model adds up.</summary>
    /// <exception cref="InvalidOperationException">The model is no sum of trees; the message says why.</exception>
    public static TreeSum Of(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model switch
        {
            DecisionTreeClassificationModel tree => OfMean(tree.Schema, [tree.Tree], [tree.Statistics], tree.Classes),
            DecisionTreeRegressionModel tree => OfMean(tree.Schema, [tree.Tree], [tree.Statistics]),
            ITreeSumModel ensemble => ensemble.ToTreeSum(),
            _ => throw NoSum($"{model.GetType().Name} is not a sum of trees."),
        };
    }

    /// <summary>What is thrown where a model is no sum of trees.</summary>
    /// <param name="reason">A sentence.</param>
    public static InvalidOperationException NoSum(string reason) => new($"The model cannot be explained by its trees: {reason}");

    /// <summary>The mean of trees, by the values of their leaves.</summary>
    /// <param name="schema">The features.</param>
    /// <param name="trees">The trees.</param>
    /// <param name="statistics">One a tree.</param>
    /// <param name="classes">The names of the outputs; null for a value.</param>
    public static TreeSum OfMean(
        FeatureSchema schema, IReadOnlyList<Tree> trees, IReadOnlyList<TreeStatistics> statistics, IReadOnlyList<string>? classes = null) =>
        OfMean(schema, TreeEnsemble.OfValues([.. trees]).Parts, statistics, classes);

    /// <summary>The mean of trees.</summary>
    /// <param name="schema">The features.</param>
    /// <param name="trees">The trees and what they add.</param>
    /// <param name="statistics">One a tree.</param>
    /// <param name="classes">The names of the outputs; null for a value.</param>
    public static TreeSum OfMean(
        FeatureSchema schema, ReadOnlySpan<EnsembleTree> trees, IReadOnlyList<TreeStatistics> statistics, IReadOnlyList<string>? classes = null)
    {
        var terms = new TreeTerm[trees.Length];
        for (int t = 0; t < terms.Length; t++)
        {
            terms[t] = new TreeTerm(trees[t], statistics[t]).Times(1.0 / terms.Length);
        }

        string[] names = [.. classes ?? [Value]];
        return new TreeSum(schema, terms, new double[names.Length], names, ExplainedScale.Prediction);
    }

    /// <summary>Trees of one value a leaf, dealt to the outputs in turn: what boosting gives.</summary>
    /// <param name="schema">The features.</param>
    /// <param name="trees">The trees.</param>
    /// <param name="statistics">One a tree.</param>
    /// <param name="baseScores">What is added to each output.</param>
    /// <param name="classes">The classes; null for a value.</param>
    public static TreeSum OfRounds(
        FeatureSchema schema,
        IReadOnlyList<Tree> trees,
        IReadOnlyList<TreeStatistics> statistics,
        double[] baseScores,
        IReadOnlyList<string>? classes = null)
    {
        int outputs = baseScores.Length;
        TreeTerm[] terms =
            [.. trees.Select((tree, t) => new TreeTerm(new EnsembleTree(tree, t % outputs, tree.LeafValues), statistics[t]))];
        string[] names = classes is null ? [Value] : outputs == 1 ? [classes[^1]] : [.. classes];
        return new TreeSum(schema, terms, baseScores, names, classes is null ? ExplainedScale.Prediction : ExplainedScale.Score);
    }

    /// <summary>The weighted mean of what members predict.</summary>
    /// <param name="schema">The features.</param>
    /// <param name="members">The members, each with its columns in the schema, or null where it reads all.</param>
    /// <param name="weights">One a member.</param>
    /// <param name="names">The names of the outputs; null for a value.</param>
    /// <exception cref="InvalidOperationException">The prediction of a member is no sum of trees.</exception>
    public static TreeSum OfMembers(
        FeatureSchema schema, IEnumerable<(Model Model, int[]? Columns)> members, double[] weights, IReadOnlyList<string>? names = null)
    {
        string[] outputs = [.. names ?? [Value]];
        var terms = new List<TreeTerm>();
        var baseScores = new double[outputs.Length];
        double total = weights.Sum();
        int m = 0;
        foreach ((Model model, int[]? columns) in members)
        {
            double weight = weights[m++] / total;
            TreeSum sum = OfPrediction(model);
            for (int k = 0; k < baseScores.Length; k++)
            {
                baseScores[k] += weight * sum.BaseScores[k];
            }

            terms.AddRange(sum.Terms.Select(term => (columns is null ? term : term.WithFeatures(columns)).Times(weight)));
        }

        return new TreeSum(schema, [.. terms], baseScores, outputs, ExplainedScale.Prediction);
    }

    /// <summary>This sum and another of the same outputs.</summary>
    public TreeSum Add(TreeSum other) => this with
    {
        Terms = [.. other.Terms, .. Terms],
        BaseScores = [.. BaseScores.Zip(other.BaseScores, (mine, others) => mine + others)],
    };

    /// <summary>What the predictions of a model add up.</summary>
    /// <exception cref="InvalidOperationException">They are no sum of trees.</exception>
    public static TreeSum OfPrediction(Model model)
    {
        TreeSum sum = Of(model);
        return sum.Scale == ExplainedScale.Prediction
            ? sum
            : throw NoSum($"the predictions of {model.GetType().Name} are no sum of trees, only its scores are.");
    }

    /// <summary>Writes the sums of rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="sums">Rows × outputs.</param>
    public void Predict(in RowSet rows, Span<double> sums)
    {
        for (int i = 0; i < rows.Count * OutputCount; i++)
        {
            sums[i] = BaseScores[i % OutputCount];
        }

        PlainLoop.Add(Array.ConvertAll(Terms, term => term.Part), rows, OutputCount, sums);
    }
}
