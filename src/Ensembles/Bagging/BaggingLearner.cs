using System.Collections;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Numerics;
using Ensembles.Trees;

namespace Ensembles.Bagging;

/// <summary>
/// The hyper-parameters of bagging (Breiman 1996): members of one kind, each trained on a random sample of the rows, and
/// possibly of the features (Ho 1998; Louppe and Geurts 2012), joined by their mean or their votes.
/// </summary>
/// <typeparam name="TDataset">What it learns from.</typeparam>
/// <typeparam name="TModel">What a member gives.</typeparam>
public abstract record BaggingLearner<TDataset, TModel> : Learner<TDataset, TModel>
    where TDataset : Dataset<TDataset>
    where TModel : Model
{
    private const ulong MemberKey = 0x4D454D42;
    private const ulong RowKey = 0x524F5753;
    private const ulong ColumnKey = 0x434F4C53;

    private readonly Learner<TDataset, TModel> _member;
    private readonly int _count = 50;
    private readonly double _sampleFraction = 1;

    private protected BaggingLearner(Learner<TDataset, TModel> member)
    {
        ArgumentNullException.ThrowIfNull(member);
        _member = member;
    }

    /// <summary>
    /// The recipe of the members: any learner of the same kind, bagging included. Each member gets a seed of its own, drawn
    /// from <see cref="Learner.Seed"/> of both recipes.
    /// </summary>
    public Learner<TDataset, TModel> Member
    {
        get => _member;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _member = value;
        }
    }

    /// <summary>The number of members, at least 1 (default 50, as in Breiman 1996).</summary>
    public int Count
    {
        get => _count;
        init => _count = CheckRange(value, 1);
    }

    /// <summary>
    /// The rows that a member draws, as a share of all rows of weight above 0: above 0, at most 1 (default). It draws
    /// max(1, ⌊fraction · n⌋) rows.
    /// </summary>
    public double SampleFraction
    {
        get => _sampleFraction;
        init => _sampleFraction = value > 0 && value <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(SampleFraction), value, "SampleFraction must be above 0 and at most 1.");
    }

    /// <summary>
    /// Whether a member may draw a row more than once (a bootstrap sample, default). A row that it drew k times has k times
    /// its weight in that member.
    /// </summary>
    public bool Replacement { get; init; } = true;

    /// <summary>How many features a member draws, each at most once (default: it gets all).</summary>
    public FeatureCount MaxFeatures { get; init; }

    /// <summary>
    /// Whether the fit ends with the out-of-bag estimate: each row predicted by the members that did not draw it. Null (default)
    /// where members leave rows out; true demands it and fails where they do not; false saves its time, the prediction of some
    /// 37 % of the rows by each member.
    /// </summary>
    public bool? EstimateOutOfBag { get; init; }

    /// <summary>Whether the fit of these data ends with the out-of-bag estimate.</summary>
    /// <exception cref="ArgumentException">It is demanded, but every member draws every row.</exception>
    private protected bool EstimatesOutOfBag(TDataset data)
    {
        int present = RowSampling.Present(data).Length;
        bool leavesRowsOut = Replacement || DrawCount(present) < present;
        return EstimateOutOfBag == true && !leavesRowsOut
            ? throw new ArgumentException("EstimateOutOfBag needs members that leave rows out: Replacement, or a SampleFraction below 1.")
            : EstimateOutOfBag != false && leavesRowsOut;
    }

    /// <summary>What decides the model of a fit.</summary>
    /// <param name="data">The training set.</param>
    /// <param name="first">How many members there are already.</param>
    /// <param name="more">How many to add.</param>
    private protected FitIdentity Identify(TDataset data, int first, int more) => new()
    {
        Recipe = this,
        Table = data.Features,
        Data = data,
        First = first,
        Units = more,
    };

    /// <summary>Trains members.</summary>
    /// <param name="data">The training rows.</param>
    /// <param name="first">The number of the first member to train: its key.</param>
    /// <param name="count">How many to train.</param>
    /// <param name="log">Keeps the members, and has those of an earlier run.</param>
    /// <param name="options">How to run the fit.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    /// <returns>The members, and for each the rows that it drew.</returns>
    private protected (BaggingMember<TModel>[] Members, BitArray[] Drawn) FitMembers(
        TDataset data, int first, int count, FitLog<BaggingMember<TModel>> log, FitOptions options, CancellationToken cancellationToken)
    {
        int[] present = RowSampling.Present(data);
        int draws = DrawCount(present.Length);
        int threads = options.ResolvedThreads;
        int outer = Math.Min(threads, count);
        var inner = new FitOptions { Threads = threads / outer };
        var progress = new ProgressCounter(options.Progress, count, log.KnownCount);
        var members = new BaggingMember<TModel>[count];
        var drawn = new BitArray[count];
        ParallelWork.For(
            count,
            outer,
            cancellationToken,
            () => new int[data.RowCount],
            (i, counts) =>
            {
                ulong key = KeyedRandom.Mix(Seed, MemberKey, (ulong)(first + i));
                RowSampling.Draw(present, draws, Replacement, KeyedRandom.Mix(key, RowKey), counts);
                drawn[i] = Marks(counts);
                if (log.Known(i) is BaggingMember<TModel> known)
                {
                    members[i] = known;
                    return;
                }

                int[]? columns = MaxFeatures.Draw(data.Features.ColumnCount, KeyedRandom.Mix(key, ColumnKey));
                TDataset sample = data.WithWeights(Weights(data, counts));
                sample = columns is null ? sample : sample.SelectColumns(columns);
                Learner<TDataset, TModel> recipe = Member with { Seed = KeyedRandom.Mix(key, Member.Seed) };
                members[i] = new BaggingMember<TModel>(recipe.Fit(sample, inner, cancellationToken), columns);
                log.Add(i, members[i]);
                progress.Add();
            });
        return (members, drawn);
    }

    private int DrawCount(int present) => Math.Max(1, (int)Math.Floor(SampleFraction * present));

    private static double[] Weights(TDataset data, int[] counts)
    {
        var weights = new double[counts.Length];
        for (int r = 0; r < weights.Length; r++)
        {
            weights[r] = data.IsWeighted ? data.WeightArray[r] * counts[r] : counts[r];
        }

        return weights;
    }

    private static BitArray Marks(int[] counts)
    {
        var marks = new BitArray(counts.Length);
        for (int r = 0; r < counts.Length; r++)
        {
            marks[r] = counts[r] > 0;
        }

        return marks;
    }
}
