using System.Collections.Concurrent;
using Ensembles.Learners;
using Ensembles.Numerics;

namespace Ensembles.Tests.Contracts;

/// <summary>What every learner keeps about threads, cancellation and progress.</summary>
public class RunningContractTests
{
    public static TheoryData<string> All => LearnerCase.Names();

    public static TheoryData<string> OfManyUnits => LearnerCase.Names(learner => learner.Units > 1);

    [Theory]
    [MemberData(nameof(All))]
    public void The_model_is_the_same_at_any_number_of_threads_and_in_every_run(string name)
    {
        LearnerCase learner = LearnerCase.Named(name);
        Fitted single = learner.Fit(ContractData.Mixed(400), new FitOptions { Threads = 1 });
        double[] expected = single.PredictGrid();

        foreach (int threads in new[] { 1, 2, 7 })
        {
            // A new table each time, so that nothing derived from it is reused.
            Fitted other = learner.Fit(ContractData.Mixed(400), new FitOptions { Threads = threads });

            other.TreeBits().Should().Equal(single.TreeBits());
            other.PredictGrid().Select(BitConverter.DoubleToInt64Bits).Should().Equal(expected.Select(BitConverter.DoubleToInt64Bits));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void One_thread_means_the_callers_alone(string name)
    {
        LearnerCase learner = LearnerCase.Named(name);
        ContractData data = ContractData.Mixed(300);

        OtherThreads.EnteredDuring(() => learner.Fit(data, new FitOptions { Threads = 1 })).Should().BeEmpty();
    }

    /// <summary>The test above can fail: work that must be on two threads at once is noticed.</summary>
    [Fact]
    public void Work_on_another_thread_is_noticed()
    {
        using var both = new Barrier(2);

        OtherThreads.EnteredDuring(() => ParallelWork.For(2, 2, CancellationToken.None, _ => both.SignalAndWait())).Should().NotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_fit_that_is_cancelled_before_it_starts_does_not_start(string name)
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var reports = new Reports();

        Action fit = () => LearnerCase.Named(name).Fit(ContractData.Mixed(), new FitOptions { Progress = reports }, source.Token);

        fit.Should().Throw<OperationCanceledException>().Which.CancellationToken.Should().Be(source.Token);
        reports.Seen.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(OfManyUnits))]
    public void A_fit_that_is_cancelled_on_its_way_ends_and_leaves_nothing_behind(string name)
    {
        LearnerCase learner = LearnerCase.Named(name);
        ContractData data = ContractData.Mixed();
        foreach (int threads in new[] { 1, 2 })
        {
            using var source = new CancellationTokenSource();
            var reports = new Reports { OnReport = progress => source.Cancel() };

            Action fit = () => learner.Fit(data, new FitOptions { Threads = threads, Progress = reports }, source.Token);

            fit.Should().Throw<OperationCanceledException>().Which.CancellationToken.Should().Be(source.Token);
            reports.Seen.Count.Should().BeLessThan(learner.Units);
        }

        learner.Fit(data).TreeBits().Should().Equal(learner.Fit(ContractData.Mixed()).TreeBits());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Progress_rises_by_one_to_its_total(string name)
    {
        LearnerCase learner = LearnerCase.Named(name);
        foreach (int threads in new[] { 1, 3 })
        {
            var reports = new Reports();

            learner.Fit(ContractData.Mixed(), new FitOptions { Threads = threads, Progress = reports });

            reports.Seen.Should().Equal(Enumerable.Range(1, learner.Units).Select(unit => new FitProgress(unit, learner.Units)));
        }
    }

    private sealed class Reports : IProgress<FitProgress>
    {
        public List<FitProgress> Seen { get; } = [];

        public Action<FitProgress>? OnReport { get; init; }

        public void Report(FitProgress value)
        {
            Seen.Add(value);
            OnReport?.Invoke(value);
        }
    }

    /// <summary>
    /// Notices every thread that takes up work which was queued from here: the context of the caller, and with it the local value,
    /// goes where the work goes.
    /// </summary>
    private static class OtherThreads
    {
        public static ConcurrentQueue<int> EnteredDuring(Action work)
        {
            int home = Environment.CurrentManagedThreadId;
            var entered = new ConcurrentQueue<int>();
            var mark = new AsyncLocal<string?>(change =>
            {
                if (change.ThreadContextChanged && change.CurrentValue is not null && Environment.CurrentManagedThreadId != home)
                {
                    entered.Enqueue(Environment.CurrentManagedThreadId);
                }
            });
            mark.Value = "here";
            work();
            mark.Value = null;
            return entered;
        }
    }
}
