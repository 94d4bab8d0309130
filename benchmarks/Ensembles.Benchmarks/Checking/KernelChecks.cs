using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Ensembles.Data.Binning;
using Ensembles.Numerics;
using Ensembles.Trees.Growing.Histograms;

namespace Ensembles.Benchmarks.Checking;

/// <summary>The inner loops against the plain way to do the same. Where a machine has no vectors for a loop, the loop is the plain way.</summary>
internal sealed unsafe class KernelChecks
{
    private const int Rows = BinBlocks.Size;
    private const int Columns = 28;
    private const int Bins = 255;
    private const int Calls = 64;

    private readonly byte[] _rowMajor = new byte[Rows * Columns];
    private readonly byte[] _column = new byte[Rows];
    private readonly byte[] _sides = new byte[256];
    private readonly uint[] _packed = new uint[Rows];
    private readonly float[] _gradients = new float[Rows];
    private readonly float[] _hessians = new float[Rows];
    private readonly ushort[] _list = new ushort[Rows];
    private readonly ushort[] _work = new ushort[Rows];
    private readonly ushort[] _buffer = new ushort[Rows + PartitionKernel.Slack];
    private readonly double[] _doubles = new double[2 * Columns * (Bins + 1)];
    private readonly HistogramLayout _layout = new([.. Enumerable.Repeat(Bins + 1, Columns)]);
    private readonly GradientHistogram _histogram;
    private readonly double[] _keys = new double[Rows];
    private readonly double[] _results = new double[Rows];
    private readonly int[] _order = new int[Rows];
    private readonly float[] _cells = new float[Rows];
    private readonly float[] _starts;
    private readonly byte[] _found = new byte[Rows];
    private readonly EdgeSearch<float> _search;
    private double _sink;

    public KernelChecks()
    {
        var random = new RandomStream(1);
        _histogram = new GradientHistogram(_layout);
        for (int i = 0; i < _rowMajor.Length; i++)
        {
            _rowMajor[i] = (byte)random.NextInt(Bins);
        }

        for (int r = 0; r < Rows; r++)
        {
            _column[r] = (byte)random.NextInt(Bins);
            _gradients[r] = (float)random.NextGaussian();
            _hessians[r] = (float)random.NextDouble();
            _packed[r] = ((uint)random.NextInt(60_000) << 16) | (uint)random.NextInt(60_000);
            _list[r] = (ushort)r;
            _keys[r] = 3 * random.NextGaussian();
            _cells[r] = (float)random.NextGaussian();
        }

        Array.Fill(_sides, (byte)1, 0, 128);
        _starts = [.. Enumerable.Range(0, Bins).Select(b => -3 + (6f * b / Bins))];
        _search = new EdgeSearch<float>(_starts);
    }

    /// <summary>All of them.</summary>
    /// <param name="slow">
    /// The name of one whose fast side does its work the plain way as well, to see that the check notices: the kernel is an argument of its
    /// check.
    /// </param>
    public IEnumerable<Check> All(string? slow = null)
    {
        Check Of(string name, string figure, double bound, Action reference, Action body) =>
            Check.AtLeast(name, figure, bound, reference, name == slow ? Slowed(body, reference) : body);

        yield return Of("histogram", "two doubles a cell / one packed word", 1.15, TwoDoubles, Packed);
        yield return Of("partition", "row by row / the kernel", Avx512Vbmi2.IsSupported ? 1.3 : 0.7, PartRows, PartKernel);
        yield return Of("split search", "bin by bin / eight bins at a time", 1.3, ScanPlain, Scan) with
        {
            NotHere = Vector512.IsHardwareAccelerated ? null : "no vectors of 512 bits",
        };
        yield return Of("logistic function", "one / eight at a time", 1.5, SigmoidOne, SigmoidEight) with
        {
            NotHere = Vector512.IsHardwareAccelerated ? null : "no vectors of 512 bits",
        };
        yield return Of("binning", "Array.BinarySearch / the search of edges", 2, BinarySearch, () => _search.Find(_cells, _found, SearchPaths.Fastest));
        yield return Of("sorting", "Array.Sort with keys and items / by digits", 1.3, ArraySort, () => RadixSort.SortIndices(_keys, _order));
    }

    /// <summary>A twin that cannot be as fast as the plain way, however fast the kernel is.</summary>
    public static Action Slowed(Action kernel, Action plain) => () =>
    {
        kernel();
        plain();
    };

    private void TwoDoubles()
    {
        Array.Clear(_doubles);
        fixed (byte* bins = _rowMajor)
        fixed (double* sums = _doubles)
        {
            for (int r = 0; r < Rows; r++)
            {
                double gradient = _gradients[r];
                double hessian = _hessians[r];
                byte* row = bins + (r * Columns);
                for (int c = 0; c < Columns; c++)
                {
                    double* cell = sums + (2 * ((c * (Bins + 1)) + row[c]));
                    cell[0] += gradient;
                    cell[1] += hessian;
                }
            }
        }
    }

    private void Packed()
    {
        _histogram.Clear(packed: true);
        fixed (byte* bins = _rowMajor)
        fixed (uint* gradients = _packed)
        fixed (long* cells = _histogram.Cells)
        fixed (int* groups = _layout.GroupCells)
        {
            HistogramKernels.AddAllPacked(bins, Columns, Rows, gradients, cells, groups);
        }
    }

    private void PartRows() => Part(isPlain: true);

    private void PartKernel() => Part(isPlain: false);

    private void Part(bool isPlain)
    {
        _list.CopyTo(_work, 0);
        fixed (ushort* rows = _work)
        fixed (ushort* buffer = _buffer)
        fixed (byte* column = _column)
        fixed (byte* sides = _sides)
        {
            _sink += isPlain
                ? PartitionKernel.SplitRows(rows, 0, Rows, 0, column, sides, buffer)
                : PartitionKernel.Split(rows, Rows, areFirst: true, column, sides, buffer);
        }
    }

    private void Scan()
    {
        var node = new GradientSplitSearch.NodeSums(0, 1_000_000_000, 1, 1);
        for (int call = 0; call < Calls; call++)
        {
            for (int c = 0; c < Columns; c++)
            {
                var found = new GradientSplitSearch.Found { Score = double.NegativeInfinity };
                PackedSplitScan.Find(_histogram.Feature(c), Bins, 0, node, 1, 1, ref found);
                _sink += found.LastLeft;
            }
        }
    }

    private void ScanPlain()
    {
        for (int call = 0; call < Calls; call++)
        {
            for (int c = 0; c < Columns; c++)
            {
                ReadOnlySpan<long> cells = _histogram.Feature(c);
                long sums = 0;
                double best = double.NegativeInfinity;
                int at = -1;
                for (int b = 0; b < Bins - 1; b++)
                {
                    sums += cells[b];
                    long hessian = sums & 0xFFFFFFFFL;
                    double left = sums >> 32;
                    double score = (left * left / (hessian + 1.0)) + (left * left / (1_000_000_000 - hessian + 1.0));
                    if (hessian >= 1 && score > best)
                    {
                        best = score;
                        at = b;
                    }
                }

                _sink += at;
            }
        }
    }

    private void SigmoidOne()
    {
        for (int i = 0; i < Rows; i++)
        {
            _results[i] = DeterministicMath.Sigmoid(_keys[i]);
        }
    }

    private void SigmoidEight() => DeterministicVectors.Sigmoid(_keys, _results);

    private void BinarySearch()
    {
        for (int i = 0; i < Rows; i++)
        {
            int place = Array.BinarySearch(_starts, _cells[i]);
            _found[i] = (byte)Math.Max(0, place >= 0 ? place : ~place - 1);
        }
    }

    private void ArraySort()
    {
        double[] keys = [.. _keys];
        for (int i = 0; i < Rows; i++)
        {
            _order[i] = i;
        }

        Array.Sort(keys, _order);
    }
}
