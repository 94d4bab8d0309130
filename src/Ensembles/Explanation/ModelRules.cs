using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Trees;
using Ensembles.Trees.Export;

namespace Ensembles.Explanation;

/// <summary>The rules of models.</summary>
public static class ModelRules
{
    /// <summary>
    /// The leaves of all trees of a model as rules, the most important first. What a model says of a row is its base scores and the values
    /// of the one rule of each tree that the row satisfies, added up.
    /// </summary>
    /// <param name="model">A model that adds up what trees say.</param>
    /// <exception cref="InvalidOperationException">The model is no sum of trees; the message says why.</exception>
    public static IReadOnlyList<ModelRule> RuleList(this Model model) => RulesOf(TreeSum.Of(model));

    internal static IReadOnlyList<ModelRule> RulesOf(TreeSum sum)
    {
        var rules = new List<ModelRule>();
        for (int t = 0; t < sum.Terms.Length; t++)
        {
            TreeTerm term = sum.Terms[t];
            double whole = Math.Max(term.Statistics.Cover(0), double.Epsilon);
            int width = term.Part.Width;
            double[] mean = Mean(term, whole);
            foreach (TreeRule rule in TreeRule.All(new TermModel(sum.Schema, term)))
            {
                int leaf = rule.LeafNode - term.Part.Tree.InnerCount;
                double support = rule.Cover / whole;
                var values = new double[sum.OutputCount];
                double distance = 0;
                for (int k = 0; k < width; k++)
                {
                    double value = term.Part.Values[(leaf * width) + k];
                    values[term.Part.Output + k] = value;

                    // From the mean of the other rows: (v − m)/(1 − s), as m holds the rule itself.
                    distance += support < 1 ? Math.Abs(value - mean[k]) / (1 - support) : 0;
                }

                rules.Add(new ModelRule(rule, t, support, values, Math.Sqrt(Math.Max(0, support * (1 - support))) * distance));
            }
        }

        return [.. rules.OrderByDescending(rule => rule.Importance)];
    }

    private static double[] Mean(TreeTerm term, double whole)
    {
        Tree tree = term.Part.Tree;
        int width = term.Part.Width;
        var mean = new double[width];
        for (int leaf = 0; leaf < tree.LeafCount; leaf++)
        {
            for (int k = 0; k < width; k++)
            {
                mean[k] += term.Statistics.Cover(tree.InnerCount + leaf) / whole * term.Part.Values[(leaf * width) + k];
            }
        }

        return mean;
    }

    /// <summary>A tree of an ensemble by itself.</summary>
    private sealed class TermModel(FeatureSchema schema, TreeTerm term) : ITreeModel
    {
        public FeatureSchema Schema => schema;

        public Tree Tree => term.Part.Tree;

        public TreeStatistics Statistics => term.Statistics;

        public IReadOnlyList<string> ClassNames => [];

        public string ImpurityName => string.Empty;
    }
}
