using BenchmarkDotNet.Attributes;
using Ensembles.Peers.Kernels;

namespace Ensembles.Benchmarks;

/// <summary>
/// The inner loops of boosting by histograms on one thread: 28 columns of 255 bins, the time of all rows. Binning and sorting have classes
/// of their own.
/// </summary>
public class KernelBenchmarks : IDisposable
{
    // Enough of what takes microseconds to be timed.
    private const int Times = 100;
    private const int Share = 10;

    private TrainingKernels? _kernels;
    private ushort[][] _drawn = [];

    /// <summary>The rows: one block, and more than the caches hold.</summary>
    [Params(65_536, 1_000_000)]
    [Quick(65_536)]
    public int Rows { get; set; }

    /// <summary>Makes bins and gradients.</summary>
    [GlobalSetup]
    public void Make()
    {
        _kernels = new TrainingKernels(Rows);
        _drawn = _kernels.Draw(Share);
    }

    /// <summary>Ends the threads.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Histograms of all rows by two additions of doubles a cell, the plain way.</summary>
    [Benchmark(Baseline = true)]
    public void HistogramOfDoubles() => _kernels!.AddTwoDoubles();

    /// <summary>Histograms of all rows, gradient and hessian in one word.</summary>
    [Benchmark]
    public void HistogramOfAllRows() => _kernels!.AddAll();

    /// <summary>Histograms of one row in ten.</summary>
    [Benchmark]
    public void HistogramOfATenth() => _kernels!.AddSome(_drawn);

    /// <summary>The histogram of a child less its sibling's.</summary>
    [Benchmark(OperationsPerInvoke = Times)]
    public void Subtraction()
    {
        for (int i = 0; i < Times; i++)
        {
            _kernels!.Subtract();
        }
    }

    /// <summary>The best split of 28 columns of 255 bins.</summary>
    [Benchmark(OperationsPerInvoke = Times)]
    public void SplitSearch()
    {
        for (int i = 0; i < Times; i++)
        {
            _kernels!.Scan();
        }
    }

    /// <summary>All rows parted by the bins of one column.</summary>
    [Benchmark]
    public void Partition() => _kernels!.Part();

    /// <summary>Gradients and hessians of the log loss.</summary>
    [Benchmark]
    public void Gradients() => _kernels!.Differentiate();

    /// <summary>Gradients and hessians rounded to 16 bits.</summary>
    [Benchmark]
    public void Rounding() => _kernels!.Quantize();

    /// <summary>Ends the threads.</summary>
    /// <param name="disposing">Whether it is not the collector that calls.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _kernels?.Dispose();
            _kernels = null;
        }
    }
}
