using Ensembles.Data;
using Ensembles.Data.Binning;
using Ensembles.Numerics;
using Ensembles.Trees.Growing.Gradients;
using Ensembles.Trees.Growing.Histograms;

namespace Ensembles.NewtonBoosting;

/// <summary>Makes the grower that a recipe asks for.</summary>
internal static class GradientGrowers
{
    // A split that gains less than this is none, as XGBoost.
    private const double LeastGain = 1e-6;

    // Larger tables keep all workers busy within a tree, and a worker with a tree of its own needs histograms of its own.
    private const long MostCellsAtOnce = 1 << 19;
    private const int MostColumnsAtOnce = 1024;

    /// <summary>Prepares the view of the table that the split method reads; what remains needs a team of workers, and can be done for several.</summary>
    /// <param name="table">The features.</param>
    /// <param name="recipe">The hyper-parameters.</param>
    /// <param name="weights">The weight of each row, or none where all are 1.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="cancellationToken">Ends the preparation.</param>
    /// <exception cref="ArgumentException">A constraint names a feature that the table has not.</exception>
    public static Func<WorkerTeam, IGradientTreeGrower> Prepare(
        FeatureTable table, INewtonBoostingRecipe recipe, double[] weights, int threads, CancellationToken cancellationToken)
    {
        int weighing = weights.Length == 0 ? table.RowCount : weights.Count(weight => weight > 0);
        GradientTreeLimits limits = Limits(recipe, table.Schema, weighing);
        if (recipe.SplitMethod != BoostingSplitMethod.Histogram)
        {
            var sorted = new SortedGradientGrower(table, limits, Columns(table, recipe), threads, cancellationToken);
            return _ => sorted;
        }

        BinnedTable binned = table.Binned(recipe.MaxBins, threads, cancellationToken);
        HistogramBins bins = HistogramBins.Build(binned, table.RowCount, threads, cancellationToken);
        return team => new HistogramGradientGrower(table.Schema, bins, limits, Columns(table, recipe), team);
    }

    /// <summary>Whether the trees of a round are best grown at the same time, each by one worker, for they are too small to share.</summary>
    /// <param name="table">The features.</param>
    /// <param name="recipe">The hyper-parameters.</param>
    public static bool GrowsOutputsAtOnce(FeatureTable table, INewtonBoostingRecipe recipe) =>
        recipe.SplitMethod == BoostingSplitMethod.Histogram
        && recipe.Dropout is null
        && table.ColumnCount <= MostColumnsAtOnce
        && (long)table.RowCount * table.ColumnCount <= MostCellsAtOnce;

    private static ColumnSampler Columns(FeatureTable table, INewtonBoostingRecipe recipe) =>
        new(table.ColumnCount, recipe.ColumnSampleByTree, recipe.ColumnSampleByLevel, recipe.ColumnSampleByNode);

    private static GradientTreeLimits Limits(INewtonBoostingRecipe recipe, FeatureSchema schema, int rowCount)
    {
        bool prunes = recipe.GainPruning == GainPruning.AfterGrowth
            || (recipe.GainPruning == GainPruning.ByMethod && recipe.SplitMethod == BoostingSplitMethod.Exact);
        return new GradientTreeLimits
        {
            MaxDepth = recipe.MaxDepth ?? int.MaxValue,
            MaxLeaves = recipe.MaxLeaves ?? int.MaxValue,
            LeafWise = recipe.GrowthPolicy == GrowthPolicy.LeafWise,
            MinSamplesLeaf = recipe.MinSamplesLeaf.Of(rowCount),
            MinChildWeight = recipe.MinChildWeight,
            MinCategoryWeight = recipe.MinCategoryWeight,
            MinGain = prunes ? LeastGain : Math.Max(LeastGain, recipe.MinSplitGain),
            PruningGain = prunes ? recipe.MinSplitGain : 0,
            Score = new NewtonScore(recipe.L1, recipe.L2, recipe.MaxDeltaStep),
            SketchError = recipe.SplitMethod == BoostingSplitMethod.Approximate ? recipe.SketchError ?? (1.0 / recipe.MaxBins) : 0,
            ProposesPerNode = recipe.CandidateScope == CandidateScope.Node,
            Constraints = recipe.MonotoneConstraints is null && recipe.InteractionConstraints is null
                ? null
                : new GrowthConstraints(
                    recipe.MonotoneConstraints?.Resolve(schema) ?? new int[schema.Count],
                    recipe.InteractionConstraints?.Resolve(schema)),
        };
    }
}
