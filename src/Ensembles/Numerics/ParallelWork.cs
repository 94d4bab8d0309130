using System.Runtime.ExceptionServices;

namespace Ensembles.Numerics;

/// <summary>Runs independent pieces of work on a stated number of threads, the caller's among them.</summary>
/// <remarks>
/// Items are handed out one by one in rising order, so pieces of unequal size balance. What a piece does must depend on its index alone;
/// then the result does not depend on the number of threads. With one thread, or one item, no thread is started or waited for, so the
/// library also runs where there are none (WebAssembly).
/// </remarks>
internal static class ParallelWork
{
    /// <summary>The number of threads an option stands for.</summary>
    /// <param name="threads">At least 1, or null for one per processor.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is zero or negative.</exception>
    public static int Resolve(int? threads)
    {
        if (threads is { } count)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count, nameof(threads));
            return count;
        }

        return Environment.ProcessorCount;
    }

    /// <summary>Calls <paramref name="body"/> with every index from 0 to <paramref name="count"/> − 1.</summary>
    /// <param name="count">How many items there are; zero does nothing.</param>
    /// <param name="threads">The most threads to use, at least 1.</param>
    /// <param name="token">Looked at before each item.</param>
    /// <param name="body">The work of one item.</param>
    /// <exception cref="OperationCanceledException"><paramref name="token"/> was cancelled before every item was begun.</exception>
    /// <remarks>
    /// An exception of <paramref name="body"/> is thrown again as it was, with its stack. If several items fail, it is the one of the
    /// lowest index, the same that a single thread would have met first.
    /// </remarks>
    public static void For(int count, int threads, CancellationToken token, Action<int> body) =>
        For(count, threads, token, () => body, static (index, action) => action(index));

    /// <summary>
    /// The same with a state per worker, such as a scratch buffer: <paramref name="create"/> is called once by each worker, before its
    /// first item.
    /// </summary>
    /// <param name="count">How many items there are; zero does nothing.</param>
    /// <param name="threads">The most threads to use, at least 1.</param>
    /// <param name="token">Looked at before each item.</param>
    /// <param name="create">Makes the state of one worker. Which items a worker gets is not determined.</param>
    /// <param name="body">The work of one item.</param>
    /// <exception cref="OperationCanceledException"><paramref name="token"/> was cancelled before every item was begun.</exception>
    public static void For<TState>(int count, int threads, CancellationToken token, Func<TState> create, Action<int, TState> body)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        int workers = Math.Min(count, threads);
        if (workers <= 1)
        {
            RunInline(count, token, create, body);
            return;
        }

        var run = new Run<TState>(count, token, create, body);
        var helpers = new Task[workers - 1];
        for (int i = 0; i < helpers.Length; i++)
        {
            helpers[i] = Task.Run(run.Work, CancellationToken.None);
        }

        run.Work();

        // A helper that the busy pool has not begun yet is run here by the wait itself and finds nothing left, so nested runs cannot lock.
        Task.WaitAll(helpers, CancellationToken.None);
        run.ThrowIfUnfinished();
    }

    private static void RunInline<TState>(int count, CancellationToken token, Func<TState> create, Action<int, TState> body)
    {
        if (count == 0)
        {
            return;
        }

        token.ThrowIfCancellationRequested();
        TState state = create();
        body(0, state);
        for (int index = 1; index < count; index++)
        {
            token.ThrowIfCancellationRequested();
            body(index, state);
        }
    }

    /// <summary>What the workers of one call share.</summary>
    private sealed class Run<TState>(int count, CancellationToken token, Func<TState> create, Action<int, TState> body)
    {
        private readonly Lock _failureLock = new();
        private long _next;
        private volatile bool _stop;
        private bool _cancelled;
        private int _failedIndex = int.MaxValue;
        private ExceptionDispatchInfo? _failure;

        /// <summary>Takes items until none is left; never throws.</summary>
        public void Work()
        {
            TState? state = default;
            bool hasState = false;
            while (!_stop)
            {
                // Indices are claimed in order and a claimed item is always run, so the lowest failing one is always among those run.
                long claimed = Interlocked.Increment(ref _next) - 1;
                if (claimed >= count)
                {
                    return;
                }

                if (token.IsCancellationRequested)
                {
                    _cancelled = true;
                    _stop = true;
                    return;
                }

                int index = (int)claimed;
                try
                {
                    if (!hasState)
                    {
                        state = create();
                        hasState = true;
                    }

                    body(index, state!);
                }
                catch (Exception exception)
                {
                    Fail(index, exception);
                    return;
                }
            }
        }

        /// <summary>Throws the first failure, or that the run was cancelled; call it when all workers have returned.</summary>
        public void ThrowIfUnfinished()
        {
            _failure?.Throw();
            if (_cancelled)
            {
                throw new OperationCanceledException(token);
            }
        }

        private void Fail(int index, Exception exception)
        {
            lock (_failureLock)
            {
                if (index < _failedIndex)
                {
                    _failedIndex = index;
                    _failure = ExceptionDispatchInfo.Capture(exception);
                }
            }

            _stop = true;
        }
    }
}
