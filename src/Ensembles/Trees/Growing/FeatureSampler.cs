using Ensembles.Numerics;

namespace Ensembles.Trees.Growing;

/// <summary>
/// Draws the features of a node, each node by its own key: first as many as the recipe says, then more, one by one, as long
/// as all drawn so far were constant in the node, so that a node that can be split is split.
/// </summary>
internal struct FeatureSampler
{
    private readonly int[] _pool;
    private readonly int _wanted;
    private readonly bool _drawsAll;
    private RandomStream _random;
    private int _drawn;
    private int _given;

    /// <param name="pool">All columns in any order; reordered.</param>
    /// <param name="wanted">How many to draw.</param>
    /// <param name="nodeKey">The key of the node.</param>
    public FeatureSampler(int[] pool, int wanted, ulong nodeKey)
    {
        _pool = pool;
        _wanted = Math.Min(wanted, pool.Length);
        _drawsAll = _wanted == pool.Length;
        for (int i = 0; i < pool.Length; i++)
        {
            pool[i] = i;
        }

        _random = new RandomStream(KeyedRandom.Mix(nodeKey, 0));
    }

    /// <summary>The features that are drawn whatever they are like, in the order in which <see cref="TryNext"/> gives them.</summary>
    public ReadOnlySpan<int> DrawWanted()
    {
        while (_drawn < _wanted)
        {
            Draw();
        }

        return _pool.AsSpan(0, _wanted);
    }

    /// <summary>The next feature; false where there are enough.</summary>
    /// <param name="foundVarying">Whether a feature drawn so far varied in the node.</param>
    /// <param name="feature">The feature drawn.</param>
    public bool TryNext(bool foundVarying, out int feature)
    {
        if (_given == _pool.Length || (_given >= _wanted && foundVarying))
        {
            feature = -1;
            return false;
        }

        if (_given == _drawn)
        {
            Draw();
        }

        feature = _pool[_given++];
        return true;
    }

    private void Draw()
    {
        if (!_drawsAll)
        {
            int other = _drawn + _random.NextInt(_pool.Length - _drawn);
            (_pool[_drawn], _pool[other]) = (_pool[other], _pool[_drawn]);
        }

        _drawn++;
    }
}
