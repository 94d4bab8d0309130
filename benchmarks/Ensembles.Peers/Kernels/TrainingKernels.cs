using Ensembles.Data.Binning;
using Ensembles.Losses;
using Ensembles.Numerics;
using Ensembles.Trees.Growing.Gradients;
using Ensembles.Trees.Growing.Histograms;

namespace Ensembles.Peers.Kernels;

/// <summary>The loops of boosting by histograms, on rows of 28 columns of 255 bins.</summary>
internal sealed unsafe class TrainingKernels : IDisposable
{
    /// <summary>Additions of <see cref="AddInChain"/>.</summary>
    public const long ChainLength = 20_000_000;

    private const int Features = 28;
    private const int Bins = 255;

    private readonly int _rows;
    private readonly byte[][] _blocks;
    private readonly byte[] _column;
    private readonly byte[] _sides = new byte[256];
    private readonly float[] _gradients;
    private readonly float[] _hessians;
    private readonly double[] _scores;
    private readonly LogisticLoss _loss;
    private readonly QuantizedGradients _quantized;
    private readonly WorkerTeam _alone = new(1);
    private readonly HistogramLayout _layout = new([.. Enumerable.Repeat(Bins + 1, Features)]);
    private readonly GradientHistogram _histogram;
    private readonly GradientHistogram _other;
    private readonly double[] _doubles;
    private readonly BlockPartition _partition;
    private long _sink;

    public TrainingKernels(int rows)
    {
        _rows = rows;
        var random = new RandomStream(1);
        _blocks = new byte[BinBlocks.Count(rows)][];
        for (int b = 0; b < _blocks.Length; b++)
        {
            _blocks[b] = new byte[BinBlocks.RowsIn(b, rows) * Features];
            Fill(_blocks[b], ref random);
        }

        _column = new byte[rows];
        Fill(_column, ref random);
        Array.Fill(_sides, (byte)1, 0, 100);
        _gradients = new float[rows];
        _hessians = new float[rows];
        _scores = new double[rows];
        var labels = new int[rows];
        for (int r = 0; r < rows; r++)
        {
            labels[r] = random.NextInt(2);
            _scores[r] = (4 * random.NextDouble()) - 2;
        }

        _loss = new LogisticLoss(labels, []);
        Differentiate();
        _quantized = new QuantizedGradients(rows);
        Quantize();
        _histogram = new GradientHistogram(_layout);
        _histogram.Clear(packed: true);
        _other = new GradientHistogram(_layout);
        _other.Clear(packed: true);
        _doubles = new double[2 * _layout.CellCount];
        _partition = new BlockPartition(rows, 1);
    }

    public IEnumerable<Kernel> All()
    {
        long cells = (long)_rows * Features;
        yield return new("histogram: two doubles (reference)", "cell", cells, AddTwoDoubles);
        yield return new("histogram: packed and all rows", "cell", cells, AddAll);
        foreach (int share in new[] { 2, 10, 33 })
        {
            ushort[][] some = Draw(share);
            yield return new(
                $"histogram: packed and one row in {share}", "cell", some.Sum(rows => (long)rows.Length) * Features, () => AddSome(some));
        }

        const int Times = 1000;
        yield return new("histogram: subtraction", "cell", (long)Times * _layout.CellCount, () => Repeat(Times, Subtract));
        yield return new("split search", "bin", (long)Times * Features * Bins, () => Repeat(Times, Scan));
        yield return new("partition: all rows", "row", _rows, Part);
        yield return new("gradients of log loss", "row", _rows, Differentiate);
        yield return new("rounding of gradients to 16 bits", "row", _rows, Quantize);
    }

    /// <summary>Additions that wait for each other: one a cycle on any machine of today.</summary>
    public void AddInChain()
    {
        long x = _sink;
        for (int i = 0; i < ChainLength / 2; i++)
        {
            // An exclusive or and an addition, each of which needs the one before.
            x += x ^ i;
        }

        _sink = x;
    }

    public void Dispose() => _alone.Dispose();

    private static void Fill(byte[] bins, ref RandomStream random)
    {
        for (int i = 0; i < bins.Length; i++)
        {
            bins[i] = (byte)random.NextInt(Bins);
        }
    }

    private static void Repeat(int times, Action body)
    {
        for (int i = 0; i < times; i++)
        {
            body();
        }
    }

    /// <summary>By block, one row in so many.</summary>
    public ushort[][] Draw(int share)
    {
        var random = new RandomStream((ulong)share);
        var drawn = new ushort[_blocks.Length][];
        for (int b = 0; b < drawn.Length; b++)
        {
            drawn[b] = [.. Enumerable.Range(0, _blocks[b].Length / Features).Where(_ => random.NextInt(share) == 0).Select(r => (ushort)r)];
        }

        return drawn;
    }

    /// <summary>The reference: two additions of doubles a cell.</summary>
    public void AddTwoDoubles()
    {
        Array.Clear(_doubles);
        for (int b = 0; b < _blocks.Length; b++)
        {
            int first = b * BinBlocks.Size;
            fixed (byte* bins = _blocks[b])
            fixed (double* sums = _doubles)
            {
                int rows = _blocks[b].Length / Features;
                for (int r = 0; r < rows; r++)
                {
                    double gradient = _gradients[first + r];
                    double hessian = _hessians[first + r];
                    byte* row = bins + (r * Features);
                    for (int f = 0; f < Features; f++)
                    {
                        double* cell = sums + (2 * ((f * (Bins + 1)) + row[f]));
                        cell[0] += gradient;
                        cell[1] += hessian;
                    }
                }
            }
        }
    }

    /// <summary>All rows, like the growth of a large node, in packed cells that a block cannot overflow.</summary>
    public void AddAll()
    {
        for (int b = 0; b < _blocks.Length; b++)
        {
            _histogram.Clear(packed: true);
            fixed (byte* bins = _blocks[b])
            fixed (uint* gradients = &_quantized.Packed[b * BinBlocks.Size])
            fixed (long* cells = _histogram.Cells)
            fixed (int* groups = _layout.GroupCells)
            {
                HistogramKernels.AddAllPacked(bins, Features, _blocks[b].Length / Features, gradients, cells, groups);
            }
        }
    }

    /// <summary>The rows that were drawn.</summary>
    public void AddSome(ushort[][] drawn)
    {
        for (int b = 0; b < _blocks.Length; b++)
        {
            _histogram.Clear(packed: true);
            fixed (byte* bins = _blocks[b])
            fixed (ushort* rows = drawn[b])
            fixed (uint* gradients = &_quantized.Packed[b * BinBlocks.Size])
            fixed (long* cells = _histogram.Cells)
            fixed (int* groups = _layout.GroupCells)
            {
                HistogramKernels.AddSomePacked(bins, Features, rows, drawn[b].Length, gradients, cells, groups);
            }
        }
    }

    /// <summary>One histogram less another.</summary>
    public void Subtract() => _histogram.SubtractToSibling(_other, packed: true);

    /// <summary>The best split of every feature.</summary>
    public void Scan()
    {
        var node = new GradientSplitSearch.NodeSums(0, 1_000_000_000, 1, 1);
        for (int f = 0; f < Features; f++)
        {
            var found = new GradientSplitSearch.Found { Score = double.NegativeInfinity };
            PackedSplitScan.Find(_histogram.Feature(f), Bins, 0, node, 1, 1, ref found);
            _sink += found.LastLeft;
        }
    }

    /// <summary>All rows parted by the bins of a column.</summary>
    public void Part()
    {
        for (int b = 0; b < _blocks.Length; b++)
        {
            _sink += _partition.Split(b, _partition.TakeAll(b), _column, _sides, 0);
        }
    }

    /// <summary>Gradients and hessians of the log loss.</summary>
    public void Differentiate()
    {
        for (int b = 0; b < _blocks.Length; b++)
        {
            _loss.Differentiate([_scores], b * BinBlocks.Size, BinBlocks.RowsIn(b, _rows), [_gradients], [_hessians]);
        }
    }

    /// <summary>Gradients and hessians rounded to 16 bits.</summary>
    public void Quantize() => _quantized.Quantize(_gradients, _hessians, _alone);
}
