using System.Collections.Frozen;

namespace Ensembles.Data.Reading;

/// <summary>The texts that stand for a missing cell, looked up quickly among many that do not.</summary>
internal sealed class MissingMarkers
{
    private readonly FrozenSet<string> _markers;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly bool[] _beginsWith = new bool[128];
    private readonly int _maxLength;
    private readonly bool _empty;

    public MissingMarkers(IReadOnlyCollection<string> markers)
    {
        _markers = markers.ToFrozenSet(StringComparer.Ordinal);
        _lookup = _markers.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (string marker in _markers)
        {
            _maxLength = Math.Max(_maxLength, marker.Length);
            _empty |= marker.Length == 0;
            if (marker.Length > 0 && marker[0] < _beginsWith.Length)
            {
                _beginsWith[marker[0]] = true;
            }
        }
    }

    public bool Contains(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return _empty;
        }

        char first = text[0];
        return text.Length <= _maxLength && (first >= _beginsWith.Length || _beginsWith[first]) && _lookup.Contains(text);
    }
}
