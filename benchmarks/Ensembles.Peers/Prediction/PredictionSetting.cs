namespace Ensembles.Peers.Prediction;

/// <summary>A kind of ensemble whose prediction is timed.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Trees">The number of trees.</param>
/// <param name="MaxLeaves">The most leaves of a tree, grown best leaf first; 0 for no bound.</param>
/// <param name="MaxDepth">The greatest depth, grown level by level; 0 for no bound.</param>
/// <param name="IsForest">Whether the trees are grown unpruned on samples and averaged instead of boosted.</param>
/// <param name="Aim">How many times faster than the fastest other library it is to be.</param>
internal sealed record PredictionSetting(string Name, int Trees, int MaxLeaves, int MaxDepth, bool IsForest, int Aim)
{
    public static IReadOnlyList<PredictionSetting> All { get; } =
    [
        new("100 × 31 leaves", 100, 31, 0, IsForest: false, Aim: 10),
        new("500 × 63 leaves", 500, 63, 0, IsForest: false, Aim: 5),
        new("500 × depth 6", 500, 0, 6, IsForest: false, Aim: 5),
        new("100 × 255 leaves", 100, 255, 0, IsForest: false, Aim: 3),
        new("500 × 255 leaves", 500, 255, 0, IsForest: false, Aim: 3),
        new("forest of 100 unpruned trees", 100, 0, 0, IsForest: true, Aim: 3),
    ];

    /// <summary>What XGBoost is told.</summary>
    public IEnumerable<(string Name, string Value)> Parameters()
    {
        yield return ("objective", "reg:squarederror");
        yield return ("base_score", "0");
        yield return ("tree_method", "hist");
        yield return ("seed", "1");
        yield return ("verbosity", "0");
        yield return ("max_depth", Text(MaxDepth));
        if (MaxDepth == 0)
        {
            yield return ("grow_policy", "lossguide");
            yield return ("max_leaves", Text(MaxLeaves));
        }

        if (IsForest)
        {
            yield return ("num_parallel_tree", Text(Trees));
            yield return ("subsample", "0.632");
            yield return ("colsample_bynode", "0.2");
            yield return ("learning_rate", "1");
            yield return ("lambda", "0");
        }
        else
        {
            yield return ("learning_rate", "0.1");
        }
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
