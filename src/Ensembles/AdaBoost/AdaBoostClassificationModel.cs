using System.Buffers;
using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Numerics;
using Ensembles.Prediction;
using Ensembles.Trees;

namespace Ensembles.AdaBoost;

/// <summary>A boosted classifier: members that vote with weights.</summary>
public sealed class AdaBoostClassificationModel : ClassificationModel, IFeatureImportances, ITreeSumModel
{
    // Rows that pass one member after the other together.
    private const int BlockRows = 512;

    private readonly BoostedMembers<ClassificationModel> _boosted;
    private readonly ClassScore _score;
    private readonly ClassMember[] _members;

    // Members that are one tree each are predicted as the trees of one ensemble.
    private readonly TreeEnsemble? _trees;

    internal AdaBoostClassificationModel(
        FeatureSchema schema,
        ClassLabels classes,
        AdaBoostClassifier recipe,
        BoostedMembers<ClassificationModel> boosted,
        ClassScore score,
        EvaluationHistory<ClassificationMetric> history)
        : base(schema, classes)
    {
        Recipe = recipe;
        Members = Array.AsReadOnly(boosted.Models);
        MemberWeights = Array.AsReadOnly(boosted.Weights);
        MemberErrors = Array.AsReadOnly(boosted.Errors);
        History = history;
        _boosted = boosted;
        _score = score;
        _members = [.. boosted.Models.Select((model, m) => new ClassMember(model, boosted.Weights[m], score))];
        if (Array.TrueForAll(_members, member => member.Tree is not null))
        {
            _trees = new TreeEnsemble(Array.ConvertAll(_members, member => member.Tree!.Value), classes.Count);
        }

        Batches = (IBatchPrediction?)_trees ?? new MemberLoop(boosted.Models);
    }

    /// <summary>The recipe that the model was trained by.</summary>
    public AdaBoostClassifier Recipe { get; }

    /// <summary>The members, in the order in which they were trained; none where not even the first was better than chance.</summary>
    public IReadOnlyList<ClassificationModel> Members { get; }

    /// <summary>
    /// α of each member: ν·(ln((1 − e)/e) + ln(K − 1)), which of two classes is twice that of Freund and Schapire; 1 with e = 0 and with
    /// <see cref="AdaBoostAlgorithm.SammeR"/>.
    /// </summary>
    public IReadOnlyList<double> MemberWeights { get; }

    /// <summary>e of each member: the share of the weight of the rows, as it was in its round, that it put in a wrong class.</summary>
    public IReadOnlyList<double> MemberErrors { get; }

    /// <summary>The metrics with each member that was tried, on the validation set and, where asked for, the training set.</summary>
    public EvaluationHistory<ClassificationMetric> History { get; }

    /// <summary>
    /// By feature, the mean of the importances of the members, weighted by <see cref="MemberWeights"/>; members that have none count 0.
    /// </summary>
    /// <returns>One number a feature; they sum to 1, or are all 0.</returns>
    public double[] FeatureImportances() => _boosted.Importances(Schema.Count);

    /// <summary>
    /// What the members say, divided by the sum of their weights. Of two classes one number from −1 to 1, positive for the second class;
    /// of more the share of the weights that votes for each class (or, with <see cref="AdaBoostAlgorithm.SammeR"/>, the mean of what the
    /// members add to each class).
    /// </summary>
    /// <param name="table">The rows; its columns are found by name.</param>
    /// <returns>Rows × 1 for two classes, otherwise rows × classes; 0 where the model has no members.</returns>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind.</exception>
    public double[,] DecisionFunction(FeatureTable table) => RawScores(table);

    /// <summary><see cref="DecisionFunction"/> after the first member, after the first two, and so on.</summary>
    /// <inheritdoc cref="DecisionFunction"/>
    /// <returns>For each number of members an array of its own.</returns>
    public IEnumerable<double[,]> StagedDecisionFunction(FeatureTable table) => Scores(table).Select(Decide);

    /// <summary>The most probable class of every row after the first member, after the first two, and so on.</summary>
    /// <param name="table">The rows; its columns are found by name.</param>
    /// <returns>For each number of members an array of one class index a row.</returns>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind.</exception>
    public IEnumerable<int[]> StagedClasses(FeatureTable table) => Probabilities(table).Select(flat =>
    {
        var classes = new int[flat.Length / ClassCount];
        for (int r = 0; r < classes.Length; r++)
        {
            classes[r] = IndexOfMax(flat.AsSpan(r * ClassCount, ClassCount));
        }

        return classes;
    });

    /// <summary>The probability of every class for every row after the first member, after the first two, and so on.</summary>
    /// <param name="table">The rows; its columns are found by name.</param>
    /// <returns>For each number of members an array of rows × classes.</returns>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind.</exception>
    public IEnumerable<double[,]> StagedProbabilities(FeatureTable table) => Probabilities(table).Select(flat =>
    {
        var probabilities = new double[flat.Length / ClassCount, ClassCount];
        Buffer.BlockCopy(flat, 0, probabilities, 0, flat.Length * sizeof(double));
        return probabilities;
    });

    internal BoostedMembers<ClassificationModel> Boosted => _boosted;

    /// <summary>By class whether it had training rows.</summary>
    internal bool[] IsPresent => [.. Enumerable.Range(0, ClassCount).Select(_score.IsPresent)];

    TreeSum ITreeSumModel.ToTreeSum()
    {
        if (_trees is null)
        {
            throw TreeSum.NoSum("not all members are trees.");
        }

        // As the decision function: of two classes the difference of the scores, all over the weight of the members.
        double total = MemberWeights.Sum();
        int width = _score.DecisionWidth;
        var terms = new TreeTerm[_members.Length];
        for (int m = 0; m < terms.Length; m++)
        {
            EnsembleTree part = _members[m].Tree!.Value;
            var values = new double[part.Tree.LeafCount * width];
            for (int leaf = 0; leaf < part.Tree.LeafCount; leaf++)
            {
                _score.Decide(part.Values.AsSpan(leaf * ClassCount, ClassCount), total, values.AsSpan(leaf * width, width));
            }

            terms[m] = new TreeTerm(part with { Values = values }, ((ITreeModel)Members[m]).Statistics);
        }

        return new TreeSum(Schema, terms, new double[width], width == 1 ? [Classes[1]] : [.. Classes], ExplainedScale.Score);
    }

    /// <inheritdoc/>
    public override int RawScoreCount => _score.DecisionWidth;

    /// <summary>What the scores of the classes say.</summary>
    internal ClassScore Score => _score;

    internal override IBatchPrediction Batches { get; }

    internal override void PredictBlock(in RowSet rows, Span<double> output)
    {
        AddMembers(rows, output);
        ToProbabilities(output);
    }

    internal override void ScoreBlock(in RowSet rows, Span<double> scores)
    {
        double total = _boosted.Weights.Sum();
        int blockRows = Math.Min(rows.Count, BlockRows);
        int width = RawScoreCount;
        double[] rented = ArrayPool<double>.Shared.Rent(blockRows * ClassCount);
        for (int first = 0; first < rows.Count; first += blockRows)
        {
            int count = Math.Min(blockRows, rows.Count - first);
            Span<double> sums = rented.AsSpan(0, count * ClassCount);
            AddMembers(rows.Slice(first, count), sums);
            for (int r = 0; r < count; r++)
            {
                _score.Decide(sums.Slice(r * ClassCount, ClassCount), total, scores.Slice((first + r) * width, width));
            }
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>Writes what the members add to the scores of the classes.</summary>
    private void AddMembers(in RowSet rows, Span<double> scores)
    {
        scores.Clear();
        if (_trees is not null)
        {
            _trees.Add(rows, scores);
            return;
        }

        for (int first = 0; first < rows.Count; first += BlockRows)
        {
            int count = Math.Min(BlockRows, rows.Count - first);
            foreach (ClassMember member in _members)
            {
                member.Add(rows.Slice(first, count), scores.Slice(first * ClassCount, count * ClassCount));
            }
        }
    }

    private void ToProbabilities(Span<double> scores)
    {
        for (int at = 0; at < scores.Length; at += ClassCount)
        {
            _score.ToProbabilities(scores.Slice(at, ClassCount));
        }
    }

    private IEnumerable<double[]> Probabilities(FeatureTable table) => Scores(table).Select(scores =>
    {
        double[] probabilities = [.. scores];
        ToProbabilities(probabilities);
        return probabilities;
    });

    private double[,] Decide(double[] scores, int member)
    {
        int width = _score.DecisionWidth;
        double total = _boosted.Weights.Take(member + 1).Sum();
        var decisions = new double[scores.Length / ClassCount, width];
        Span<double> decision = new double[width];
        for (int r = 0; r < decisions.GetLength(0); r++)
        {
            _score.Decide(scores.AsSpan(r * ClassCount, ClassCount), total, decision);
            for (int k = 0; k < width; k++)
            {
                decisions[r, k] = decision[k];
            }
        }

        return decisions;
    }

    /// <summary>The scores, rows × classes, after each member: one array that is added to from stage to stage.</summary>
    private IEnumerable<double[]> Scores(FeatureTable table)
    {
        FeatureTable mapped = SchemaMapping.Map(table, Schema);
        return Added(new RowChunks(mapped));
    }

    private IEnumerable<double[]> Added(RowChunks rows)
    {
        var scores = new double[rows.RowCount * ClassCount];
        foreach (ClassMember member in _members)
        {
            ParallelWork.For(rows.Count, ParallelWork.Resolve(null), CancellationToken.None, chunk =>
            {
                int count = rows.RowsOf(chunk);
                member.Add(rows.Rows(chunk), scores.AsSpan(RowChunks.FirstRow(chunk) * ClassCount, count * ClassCount));
            });
            yield return scores;
        }
    }
}
