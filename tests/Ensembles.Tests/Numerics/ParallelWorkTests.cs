using Ensembles.Numerics;

namespace Ensembles.Tests.Numerics;

public class ParallelWorkTests
{
    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    [InlineData(1000, 1)]
    [InlineData(1000, 2)]
    [InlineData(1000, 7)]
    public void Every_item_is_done_once(int count, int threads)
    {
        var done = new int[count];
        ParallelWork.For(count, threads, CancellationToken.None, i => Interlocked.Increment(ref done[i]));
        done.Should().Equal(Enumerable.Repeat(1, count));
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(1, 8)]
    public void One_thread_or_one_item_stays_on_the_calling_thread_in_order(int count, int threads)
    {
        int caller = Environment.CurrentManagedThreadId;
        var order = new List<int>();
        ParallelWork.For(count, threads, CancellationToken.None, i =>
        {
            Environment.CurrentManagedThreadId.Should().Be(caller);
            order.Add(i);
        });
        order.Should().Equal(Enumerable.Range(0, count));
    }

    [Fact]
    public void Several_threads_work_at_once()
    {
        // Each of the two items waits for the other, so one thread alone could not end.
        using var meeting = new Barrier(2);
        ParallelWork.For(2, 2, CancellationToken.None, _ => meeting.SignalAndWait(TimeSpan.FromSeconds(30)).Should().BeTrue());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_state_belongs_to_one_worker(int threads)
    {
        int states = 0;
        int sum = 0;
        ParallelWork.For(
            500,
            threads,
            CancellationToken.None,
            () =>
            {
                Interlocked.Increment(ref states);
                return new Scratch();
            },
            (i, scratch) =>
            {
                Interlocked.Increment(ref scratch.Users).Should().Be(1);
                Interlocked.Add(ref sum, i);
                Interlocked.Decrement(ref scratch.Users);
            });
        states.Should().BeInRange(1, threads);
        sum.Should().Be(500 * 499 / 2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void The_failure_of_the_lowest_item_is_thrown_as_it_was(int threads)
    {
        for (int repeat = 0; repeat < 50; repeat++)
        {
            Action act = () => ParallelWork.For(200, threads, CancellationToken.None, FailFrom40);
            act.Should().Throw<InvalidDataException>().WithMessage("item 40").Which.StackTrace.Should().Contain(nameof(FailFrom40));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_cancelled_token_stops_the_work(int threads)
    {
        using var source = new CancellationTokenSource();
        int done = 0;
        Action act = () => ParallelWork.For(100_000, threads, source.Token, i =>
        {
            Interlocked.Increment(ref done);
            if (i == 10)
            {
                source.Cancel();
            }
        });
        act.Should().Throw<OperationCanceledException>().Which.CancellationToken.Should().Be(source.Token);
        done.Should().BeGreaterThanOrEqualTo(11).And.BeLessThan(100_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Cancelling_in_the_last_item_comes_too_late(int threads)
    {
        using var source = new CancellationTokenSource();
        using var others = new CountdownEvent(7);
        ParallelWork.For(8, threads, source.Token, i =>
        {
            if (i == 7)
            {
                others.Wait(TimeSpan.FromSeconds(30)).Should().BeTrue();
                source.Cancel();
            }
            else
            {
                others.Signal();
            }
        });
        source.IsCancellationRequested.Should().BeTrue();
    }

    [Fact]
    public void Nested_runs_end()
    {
        int done = 0;
        ParallelWork.For(20, 8, CancellationToken.None, _ =>
            ParallelWork.For(20, 8, CancellationToken.None, _ =>
                ParallelWork.For(20, 8, CancellationToken.None, _ => Interlocked.Increment(ref done))));
        done.Should().Be(8000);
    }

    [Fact]
    public void Thread_options_resolve()
    {
        ParallelWork.Resolve(null).Should().Be(Environment.ProcessorCount);
        ParallelWork.Resolve(3).Should().Be(3);
        Action act = () => ParallelWork.Resolve(0);
        act.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("threads");
    }

    private static void FailFrom40(int index)
    {
        if (index >= 40)
        {
            throw new InvalidDataException("item " + index.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private sealed class Scratch
    {
        public int Users;
    }
}
