using System.Runtime.ExceptionServices;

namespace Ensembles.Numerics;

/// <summary>
/// Threads that live as long as a fit, for work that is shared thousands of times a second: between two pieces of work they spin for a
/// moment before they sleep, so a fork and join costs about a microsecond. The caller is one of them; a team of one starts no thread.
/// </summary>
/// <remarks>What a piece does must depend on its index alone, not on the worker that gets it.</remarks>
internal sealed class WorkerTeam : IDisposable
{
    // Some tens of microseconds of spinning: longer than the caller's work between two forks.
    private const int SpinsBeforeSleep = 2000;

    private readonly Thread[] _threads;
    private readonly SemaphoreSlim[] _wake;
    private readonly int[] _asleep;
    private readonly Lock _failureLock = new();
    private Action<int, int>? _body;
    private int _count;
    private int _next;
    private int _epoch;
    private int _running;
    private bool _stopped;
    private int _failedIndex;
    private ExceptionDispatchInfo? _failure;

    public WorkerTeam(int size)
    {
        Size = size;
        _threads = new Thread[size - 1];
        _wake = new SemaphoreSlim[_threads.Length];
        _asleep = new int[_threads.Length];
        for (int i = 0; i < _threads.Length; i++)
        {
            int worker = i + 1;
            _wake[i] = new SemaphoreSlim(0);
            _threads[i] = new Thread(() => Live(worker)) { IsBackground = true, Name = "Ensembles worker" };
            _threads[i].Start();
        }
    }

    /// <summary>The number of workers, the caller included.</summary>
    public int Size { get; }

    /// <summary>Calls a body for every index, on all workers; returns when all are done.</summary>
    /// <param name="count">The number of indices.</param>
    /// <param name="body">Given an index and the number of the worker, from 0 to <see cref="Size"/> − 1.</param>
    public void ForEach(int count, Action<int, int> body)
    {
        if (Size == 1 || count <= 1)
        {
            for (int i = 0; i < count; i++)
            {
                body(i, 0);
            }

            return;
        }

        _body = body;
        _count = count;
        _next = 0;
        _failure = null;
        _failedIndex = int.MaxValue;
        Volatile.Write(ref _running, _threads.Length);
        Interlocked.Increment(ref _epoch);
        for (int i = 0; i < _threads.Length; i++)
        {
            if (Interlocked.Exchange(ref _asleep[i], 0) == 1)
            {
                _wake[i].Release();
            }
        }

        Work(0);
        var spinner = default(SpinWait);
        while (Volatile.Read(ref _running) != 0)
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }

        _body = null;
        _failure?.Throw();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Volatile.Write(ref _stopped, true);
        Interlocked.Increment(ref _epoch);
        for (int i = 0; i < _threads.Length; i++)
        {
            if (Interlocked.Exchange(ref _asleep[i], 0) == 1)
            {
                _wake[i].Release();
            }

            _threads[i].Join();
            _wake[i].Dispose();
        }
    }

    private void Live(int worker)
    {
        int seen = 0;
        while (true)
        {
            WaitForWork(worker - 1, seen);
            seen = Volatile.Read(ref _epoch);
            if (Volatile.Read(ref _stopped))
            {
                return;
            }

            Work(worker);
            Interlocked.Decrement(ref _running);
        }
    }

    private void WaitForWork(int slot, int seen)
    {
        for (int i = 0; i < SpinsBeforeSleep; i++)
        {
            if (Volatile.Read(ref _epoch) != seen)
            {
                return;
            }

            Thread.SpinWait(10);
        }

        // Says that it sleeps, looks once more, and sleeps: whoever raises the epoch after the look sees the sign and wakes it.
        Interlocked.Exchange(ref _asleep[slot], 1);
        if (Volatile.Read(ref _epoch) != seen && Interlocked.Exchange(ref _asleep[slot], 0) == 1)
        {
            return;
        }

        _wake[slot].Wait();
    }

    private void Work(int worker)
    {
        Action<int, int> body = _body!;
        while (true)
        {
            int index = Interlocked.Increment(ref _next) - 1;
            if (index >= _count)
            {
                return;
            }

            try
            {
                body(index, worker);
            }
            catch (Exception failure) when (Keep(index, failure))
            {
                // Kept: the caller throws it once all workers have come to rest.
            }
        }
    }

    private bool Keep(int index, Exception failure)
    {
        lock (_failureLock)
        {
            if (index < _failedIndex)
            {
                _failedIndex = index;
                _failure = ExceptionDispatchInfo.Capture(failure);
            }
        }

        return true;
    }
}
