using System.Buffers.Binary;
using System.Globalization;

namespace Ensembles.Numerics;

/// <summary>
/// A 64-bit hash of a sequence, by which a change is noticed; it is no protection against somebody who wants to deceive. A change of one
/// word always changes the hash, others do but for one in 2⁶⁴.
/// </summary>
internal sealed class ContentHash
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private ulong _state;
    private ulong _length;
    private ulong _word;
    private int _bytesOfWord;

    /// <summary>The hash of all so far.</summary>
    public ulong Value => KeyedRandom.Mix(KeyedRandom.Mix(_state, _word), _length);

    /// <summary>The hash of all so far, as 16 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Adds bytes; how they are dealt to calls changes nothing.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        _length += (ulong)bytes.Length;
        while (!bytes.IsEmpty)
        {
            if (_bytesOfWord == 0 && bytes.Length >= sizeof(ulong))
            {
                AddWord(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
                bytes = bytes[sizeof(ulong)..];
                continue;
            }

            _word |= (ulong)bytes[0] << (8 * _bytesOfWord);
            bytes = bytes[1..];
            if (++_bytesOfWord == sizeof(ulong))
            {
                AddWord(_word);
                _word = 0;
                _bytesOfWord = 0;
            }
        }
    }

    /// <summary>Adds numbers by their bits; all that are not numbers are alike.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        _length += (ulong)values.Length * sizeof(double);
        foreach (double value in values)
        {
            AddWord(BitConverter.DoubleToUInt64Bits(double.IsNaN(value) ? double.NaN : value));
        }
    }

    /// <summary>Adds whole numbers.</summary>
    public void Add(ReadOnlySpan<int> values)
    {
        _length += (ulong)values.Length * sizeof(int);
        foreach (int value in values)
        {
            AddWord((uint)value);
        }
    }

    // Both steps are bijections of the state, and of the word.
    private void AddWord(ulong word)
    {
        ulong state = (_state ^ word) * Multiplier;
        _state = state ^ (state >> 32);
    }
}
