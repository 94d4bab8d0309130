using Ensembles.AdaBoost;
using Ensembles.Bagging;
using Ensembles.Calibration;
using Ensembles.Data;
using Ensembles.GradientBoosting;
using Ensembles.IsolationForests;
using Ensembles.Learners;
using Ensembles.MetaEnsembles;
using Ensembles.NewtonBoosting;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Cli.Models;

/// <summary>One tree out of an ensemble.</summary>
internal sealed class EnsembleTree : ITreeModel
{
    private EnsembleTree(FeatureSchema schema, Tree tree, TreeStatistics statistics, IReadOnlyList<string> classNames, string impurityName)
    {
        Schema = schema;
        Tree = tree;
        Statistics = statistics;
        ClassNames = classNames;
        ImpurityName = impurityName;
    }

    public FeatureSchema Schema { get; }

    public Tree Tree { get; }

    public TreeStatistics Statistics { get; }

    public IReadOnlyList<string> ClassNames { get; }

    public string ImpurityName { get; }

    /// <summary>The trees of a model, in their order; none of one that adds up linear terms.</summary>
    public static IEnumerable<ITreeModel> Of(Model model) => model switch
    {
        ITreeModel tree => [tree],
        ForestClassificationModel m => Of(m.Schema, m.Trees, m.Statistics, m.Classes, NameOf(m.Recipe.Criterion)),
        ForestRegressionModel m => Of(m.Schema, m.Trees, m.Statistics, [], NameOf(m.Recipe.Criterion)),
        IsolationForestModel m => Of(m.Schema, m.Trees, m.Statistics, [], string.Empty),
        GradientBoostingClassificationModel m => Of(m.Schema, m.Trees, m.Statistics, [], string.Empty),
        GradientBoostingRegressionModel m => Of(m.Schema, m.Trees, m.Statistics, [], string.Empty),
        NewtonBoostingClassificationModel m => Of(m.Schema, m.Trees, m.Statistics, [], string.Empty),
        NewtonBoostingRegressionModel m => Of(m.Schema, m.Trees, m.Statistics, [], string.Empty),
        BaggingClassificationModel m => m.Members.SelectMany(member => Of(member.Model)),
        BaggingRegressionModel m => m.Members.SelectMany(member => Of(member.Model)),
        AdaBoostClassificationModel m => m.Members.SelectMany(Of),
        AdaBoostRegressionModel m => m.Members.SelectMany(Of),
        VotingClassificationModel m => m.Members.SelectMany(Of),
        VotingRegressionModel m => m.Members.SelectMany(Of),
        CalibratedClassificationModel m => m.Members.SelectMany(Of),
        StackingClassificationModel m => m.Members.Append(m.Final).SelectMany(Of),
        StackingRegressionModel m => m.Members.Append(m.Final).SelectMany(Of),
        _ => [],
    };

    private static IEnumerable<ITreeModel> Of(
        FeatureSchema schema,
        IReadOnlyList<Tree> trees,
        IReadOnlyList<TreeStatistics> statistics,
        IReadOnlyList<string> classes,
        string impurity) =>
        trees.Select((tree, t) => new EnsembleTree(schema, tree, statistics[t], classes, impurity));

    private static string NameOf<TCriterion>(TCriterion criterion)
        where TCriterion : struct, Enum =>
        criterion.ToString().ToLowerInvariant();
}
