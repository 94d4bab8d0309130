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

    // No index: between two pieces of work there is none to take.
    private const uint Closed = uint.MaxValue;

    private readonly Thread[] _threads;
    private readonly SemaphoreSlim[] _wake;
    private readonly int[] _asleep;
    private readonly Lock _failureLock = new();
    private Action<int, int>? _body;
    private int _count;

    // The number of the piece of work in the high half, the next index in the low half: whoever comes late, with the number of an
    // earlier piece, takes nothing. So the caller waits for indices that were taken, never for a worker that was not even scheduled.
    private ulong _ticket = Closed;
    private int _done;
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

        uint piece = (uint)(Volatile.Read(ref _ticket) >> 32) + 1;
        Interlocked.Exchange(ref _ticket, Ticket(piece, Closed));
        _body = body;
        _count = count;
        _done = 0;
        _failure = null;
        _failedIndex = int.MaxValue;
        Interlocked.Exchange(ref _ticket, Ticket(piece, 0));
        Wake();
        Work(0);
        var spinner = default(SpinWait);
        while (Volatile.Read(ref _done) != count)
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
        Interlocked.Exchange(ref _ticket, Ticket((uint)(_ticket >> 32) + 1, Closed));
        Wake();
        for (int i = 0; i < _threads.Length; i++)
        {
            _threads[i].Join();
            _wake[i].Dispose();
        }
    }

    private static ulong Ticket(uint piece, uint index) => ((ulong)piece << 32) | index;

    private void Wake()
    {
        for (int i = 0; i < _threads.Length; i++)
        {
            if (Interlocked.Exchange(ref _asleep[i], 0) == 1)
            {
                _wake[i].Release();
            }
        }
    }

    private void Live(int worker)
    {
        uint seen = 0;
        while (true)
        {
            WaitForWork(worker - 1, seen);
            seen = Piece();
            if (Volatile.Read(ref _stopped))
            {
                return;
            }

            Work(worker);
        }
    }

    private uint Piece() => (uint)(Volatile.Read(ref _ticket) >> 32);

    private void WaitForWork(int slot, uint seen)
    {
        for (int i = 0; i < SpinsBeforeSleep; i++)
        {
            if (Piece() != seen)
            {
                return;
            }

            Thread.SpinWait(10);
        }

        // Says that it sleeps, looks once more, and sleeps: whoever begins a piece after the look sees the sign and wakes it.
        Interlocked.Exchange(ref _asleep[slot], 1);
        if (Piece() != seen && Interlocked.Exchange(ref _asleep[slot], 0) == 1)
        {
            return;
        }

        _wake[slot].Wait();
    }

    private void Work(int worker)
    {
        while (true)
        {
            ulong ticket = Volatile.Read(ref _ticket);
            uint index = (uint)ticket;
            Action<int, int>? body = Volatile.Read(ref _body);

            // What was read of the piece is of this ticket if the ticket can be taken.
            if (index >= (uint)Volatile.Read(ref _count) || index == Closed)
            {
                return;
            }

            if (Interlocked.CompareExchange(ref _ticket, ticket + 1, ticket) != ticket)
            {
                continue;
            }

            try
            {
                body!((int)index, worker);
            }
            catch (Exception failure) when (Keep((int)index, failure))
            {
                // Kept: the caller throws it once all indices are done.
            }

            Interlocked.Increment(ref _done);
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
