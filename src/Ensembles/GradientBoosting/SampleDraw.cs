using Ensembles.Numerics;
using Ensembles.Trees;

namespace Ensembles.GradientBoosting;

/// <summary>
/// The rows of each round (Friedman 2002): max(1, ⌊share · n⌋ of the n rows of weight above 0, drawn without replacement, by the number
/// of the round.
/// </summary>
internal sealed class SampleDraw
{
    private readonly double[] _weights;
    private readonly ulong _seed;
    private readonly int[] _present;
    private readonly int[] _drawn;

    /// <param name="weights">The weight of each row.</param>
    /// <param name="share">The share to draw, above 0, at most 1.</param>
    /// <param name="seed">The source of the draws.</param>
    public SampleDraw(double[] weights, double share, ulong seed)
    {
        _weights = weights;
        _seed = seed;
        _present = [.. Enumerable.Range(0, weights.Length).Where(row => weights[row] > 0)];
        if (_present.Length == 0)
        {
            throw new ArgumentException("No row has a weight above 0.", nameof(weights));
        }

        _drawn = new int[Math.Max(1, (int)(share * _present.Length))];
        InTree = [.. weights];
    }

    /// <summary>Whether a round leaves rows out.</summary>
    public bool LeavesRowsOut => _drawn.Length < _present.Length;

    /// <summary>The weight of each row in the trees of the round; 0 where it was not drawn.</summary>
    public double[] InTree { get; }

    /// <summary>Draws the rows of a round.</summary>
    public void Draw(int round)
    {
        if (!LeavesRowsOut)
        {
            return;
        }

        new RandomStream(TreeKeys.OfSample(_seed, round)).SampleWithoutReplacement(_present.Length, _drawn);
        Array.Clear(InTree);
        foreach (int place in _drawn)
        {
            InTree[_present[place]] = _weights[_present[place]];
        }
    }
}
