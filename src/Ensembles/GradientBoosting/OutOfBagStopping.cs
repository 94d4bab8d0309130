namespace Ensembles.GradientBoosting;

/// <summary>Stops when the sum of the out-of-bag improvements has not risen above its best for so many rounds.</summary>
/// <param name="patience">How many.</param>
/// <param name="minDelta">By more than this a sum must be above the best.</param>
internal sealed class OutOfBagStopping(int patience, double minDelta)
{
    private double _sum;
    private double _best;
    private int _rounds;

    /// <summary>How many of the rounds are to be kept: those up to the best sum, at least one.</summary>
    public int BestCount { get; private set; } = 1;

    /// <summary>Takes up a round and says whether to go on.</summary>
    public bool Add(double improvement)
    {
        _sum += improvement;
        _rounds++;
        if (_rounds == 1 || _sum > _best + minDelta)
        {
            _best = _sum;
            BestCount = _rounds;
        }

        return _rounds - BestCount < patience;
    }
}
