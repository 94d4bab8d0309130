using System.Buffers;
using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Learners;

namespace Ensembles.MetaEnsembles;

/// <summary>Classifiers that vote. Its probabilities are weighted means of theirs, or weighted shares of votes.</summary>
public sealed class VotingClassificationModel : ClassificationModel, ITreeSumModel
{
    // Rows that pass one member after the other together.
    private const int BlockRows = 512;

    private readonly ClassificationModel[] _members;
    private readonly double[] _weights;
    private readonly double _totalWeight;

    internal VotingClassificationModel(
        FeatureSchema schema, ClassLabels classes, VotingClassifier recipe, ClassificationModel[] members, double[] weights)
        : base(schema, classes)
    {
        Recipe = recipe;
        Members = Array.AsReadOnly(members);
        _members = members;
        Batches = new MemberLoop(members);
        _weights = weights;
        _totalWeight = weights.Sum();
    }

    /// <summary>The recipe that the model was trained by.</summary>
    public VotingClassifier Recipe { get; }

    /// <summary>The members, in the order of the recipe.</summary>
    public IReadOnlyList<ClassificationModel> Members { get; }

    /// <summary>
    /// The class of every row, or null where it is rejected: with <see cref="VotingRule.MajorityOrReject"/> where no class has more than
    /// half of the votes; with the other rules never.
    /// </summary>
    /// <param name="table">The rows; its columns are found by name.</param>
    /// <returns>One class index a row, or null.</returns>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind.</exception>
    public int?[] PredictOrReject(FeatureTable table)
    {
        double[] shares = PredictRows(table);
        var classes = new int?[shares.Length / ClassCount];
        for (int r = 0; r < classes.Length; r++)
        {
            classes[r] = Judge(shares.AsSpan(r * ClassCount, ClassCount));
        }

        return classes;
    }

    /// <summary>The class of one row, or null where it is rejected.</summary>
    /// <param name="row">The features in the order of the schema.</param>
    /// <returns>The index of the class, or null.</returns>
    /// <exception cref="ArgumentException">The row has another width than the model reads.</exception>
    public int? PredictOrReject(ReadOnlySpan<double> row)
    {
        Span<double> shares = ClassCount <= 64 ? stackalloc double[ClassCount] : new double[ClassCount];
        PredictRow(row, shares);
        return Judge(shares);
    }

    TreeSum ITreeSumModel.ToTreeSum() => Recipe.Rule == VotingRule.Soft
        ? TreeSum.OfMembers(Schema, _members.Select(member => ((Model)member, (int[]?)null)), _weights, Classes)
        : throw TreeSum.NoSum("its members vote by majority.");

    /// <summary>The weights of the members.</summary>
    internal IReadOnlyList<double> Weights => _weights;

    internal override IBatchPrediction Batches { get; }

    internal override void PredictBlock(in RowSet rows, Span<double> output)
    {
        int blockRows = Math.Min(rows.Count, BlockRows);
        double[] rented = ArrayPool<double>.Shared.Rent(2 * blockRows * ClassCount);
        for (int first = 0; first < rows.Count; first += blockRows)
        {
            int count = Math.Min(blockRows, rows.Count - first);
            Span<double> means = rented.AsSpan(0, count * ClassCount);
            Span<double> said = rented.AsSpan(blockRows * ClassCount, count * ClassCount);
            Span<double> votes = output.Slice(first * ClassCount, count * ClassCount);
            means.Clear();
            votes.Clear();
            for (int m = 0; m < _members.Length; m++)
            {
                _members[m].PredictBlock(rows.Slice(first, count), said);
                for (int i = 0; i < said.Length; i++)
                {
                    means[i] += _weights[m] * said[i];
                }

                for (int r = 0; r < count; r++)
                {
                    votes[(r * ClassCount) + IndexOfMax(said.Slice(r * ClassCount, ClassCount))] += _weights[m];
                }
            }

            for (int r = 0; r < count; r++)
            {
                Join(means.Slice(r * ClassCount, ClassCount), votes.Slice(r * ClassCount, ClassCount));
            }
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>Writes the probabilities of a row in the place of the votes.</summary>
    private void Join(ReadOnlySpan<double> means, Span<double> votes)
    {
        bool soft = Recipe.Rule == VotingRule.Soft
            || (Recipe.Rule == VotingRule.Majority && !IsMajority(votes[IndexOfMax(votes)] / _totalWeight));
        for (int k = 0; k < votes.Length; k++)
        {
            votes[k] = (soft ? means[k] : votes[k]) / _totalWeight;
        }
    }

    private int? Judge(ReadOnlySpan<double> shares)
    {
        int best = IndexOfMax(shares);
        return Recipe.Rule == VotingRule.MajorityOrReject && !IsMajority(shares[best]) ? null : best;
    }

    private static bool IsMajority(double share) => share > 0.5;
}
