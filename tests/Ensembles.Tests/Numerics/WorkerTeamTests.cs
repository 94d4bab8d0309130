using Ensembles.Numerics;

namespace Ensembles.Tests.Numerics;

public class WorkerTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Every_index_is_done_once_by_a_worker_of_the_team(int size)
    {
        using var team = new WorkerTeam(size);
        foreach (int count in new[] { 0, 1, 2, 5, 1000 })
        {
            var done = new int[count];
            team.ForEach(count, (index, worker) =>
            {
                worker.Should().BeInRange(0, size - 1);
                Interlocked.Increment(ref done[index]);
            });
            done.Should().Equal(Enumerable.Repeat(1, count));
        }
    }

    [Fact]
    public void All_workers_work_at_once()
    {
        using var team = new WorkerTeam(3);
        using var meeting = new Barrier(3);
        var seen = new int[3];

        // Each of the three items waits for the others, so fewer threads could not end.
        team.ForEach(3, (_, worker) =>
        {
            meeting.SignalAndWait(TimeSpan.FromSeconds(30)).Should().BeTrue();
            seen[worker]++;
        });

        seen.Should().Equal(1, 1, 1);
    }

    [Fact]
    public void A_team_of_one_stays_on_the_calling_thread_in_order()
    {
        using var team = new WorkerTeam(1);
        int caller = Environment.CurrentManagedThreadId;
        var order = new List<int>();

        team.ForEach(50, (index, _) =>
        {
            Environment.CurrentManagedThreadId.Should().Be(caller);
            order.Add(index);
        });

        order.Should().Equal(Enumerable.Range(0, 50));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Of_several_failures_the_one_of_the_lowest_index_is_thrown_and_the_team_lives_on(int size)
    {
        using var team = new WorkerTeam(size);
        for (int trial = 0; trial < 50; trial++)
        {
            Action work = () => team.ForEach(100, (index, _) =>
            {
                if (index is 17 or 18 or 90)
                {
                    throw new InvalidOperationException($"index {index}");
                }
            });

            work.Should().Throw<InvalidOperationException>().WithMessage("index 17");
        }

        int sum = 0;
        team.ForEach(10, (index, _) => Interlocked.Add(ref sum, index));
        sum.Should().Be(45);
    }

    [Fact]
    public void Ten_thousand_forks_lose_no_work()
    {
        using var team = new WorkerTeam(3);
        var sums = new long[3];
        for (int fork = 0; fork < 10_000; fork++)
        {
            team.ForEach(4, (index, worker) => sums[worker] += index + 1);
        }

        sums.Sum().Should().Be(100_000);
    }

    [Fact]
    public void Workers_that_fell_asleep_are_woken_and_end_with_the_team()
    {
        var team = new WorkerTeam(2);
        int sum = 0;
        for (int pause = 0; pause < 20; pause++)
        {
            // Longer than workers spin.
            Thread.SpinWait(200_000);
            team.ForEach(2, (index, _) => Interlocked.Add(ref sum, index));
        }

        // Joins its threads: would never return if one of them slept on.
        team.Dispose();
        sum.Should().Be(20);
    }
}
