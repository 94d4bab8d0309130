using System.Runtime.CompilerServices;

namespace Ensembles.Numerics;

/// <summary>
/// A sum of doubles whose rounding depends on the order of the terms alone: not on threads, vector width or machine.
/// </summary>
/// <remarks>
/// Terms are added in chunks of <see cref="ChunkSize"/>, each in <see cref="Lanes"/> interleaved partial sums, and the sums of the chunks
/// pairwise, as in a binary tree over the chunk numbers. So the chunks of a long array may be summed in parallel
/// (<see cref="SumChunk"/>) and joined in order (<see cref="AddChunk"/>) with the same bits, and the error grows only with the logarithm
/// of the count. A mutable struct: keep it in a local and pass it by <c>ref</c>.
/// </remarks>
internal struct OrderedSum
{
    /// <summary>Terms in a chunk.</summary>
    public const int ChunkSize = 128;

    /// <summary>Interleaved partial sums within a chunk: as many as doubles fit the widest vectors.</summary>
    public const int Lanes = 8;

    private ChunkBuffer _pending;
    private LevelBuffer _levels;
    private int _pendingCount;
    private long _chunkCount;

    /// <summary>The sum of all terms.</summary>
    public static double Of(ReadOnlySpan<double> terms)
    {
        var sum = default(OrderedSum);
        while (terms.Length >= ChunkSize)
        {
            sum.AddChunk(SumChunk(terms[..ChunkSize]));
            terms = terms[ChunkSize..];
        }

        foreach (double term in terms)
        {
            sum.Add(term);
        }

        return sum.Total();
    }

    /// <summary>The sum of one chunk: at most <see cref="ChunkSize"/> terms.</summary>
    public static double SumChunk(ReadOnlySpan<double> chunk)
    {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        while (chunk.Length >= Lanes)
        {
            s0 += chunk[0];
            s1 += chunk[1];
            s2 += chunk[2];
            s3 += chunk[3];
            s4 += chunk[4];
            s5 += chunk[5];
            s6 += chunk[6];
            s7 += chunk[7];
            chunk = chunk[Lanes..];
        }

        double rest = 0;
        foreach (double term in chunk)
        {
            rest += term;
        }

        return (((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7))) + rest;
    }

    /// <summary>Adds the next term.</summary>
    public void Add(double term)
    {
        _pending[_pendingCount++] = term;
        if (_pendingCount == ChunkSize)
        {
            _pendingCount = 0;
            AddChunk(SumChunk(_pending));
        }
    }

    /// <summary>Adds the sum of the next whole chunk; no single terms may be pending.</summary>
    public void AddChunk(double chunkSum)
    {
        // A binary counter: level i holds the sum of 2^i chunks whenever bit i of the count is set.
        int level = 0;
        for (long count = _chunkCount; (count & 1) != 0; count >>= 1)
        {
            chunkSum = _levels[level++] + chunkSum;
        }

        _levels[level] = chunkSum;
        _chunkCount++;
    }

    /// <summary>The sum of all terms so far.</summary>
    public readonly double Total()
    {
        ReadOnlySpan<double> pending = _pending;
        double total = SumChunk(pending[.._pendingCount]);
        int level = 0;
        for (long count = _chunkCount; count != 0; count >>= 1)
        {
            if ((count & 1) != 0)
            {
                total = _levels[level] + total;
            }

            level++;
        }

        return total;
    }

    [InlineArray(ChunkSize)]
    private struct ChunkBuffer
    {
        private double _first;
    }

    [InlineArray(64)]
    private struct LevelBuffer
    {
        private double _first;
    }
}
