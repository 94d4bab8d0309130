using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Numerics;

namespace Ensembles.MetaEnsembles;

/// <summary>
/// The hyper-parameters of stacking (D. Wolpert: Stacked Generalization, 1992): a final learner is trained on what members predict of rows
/// that they have not seen.
/// </summary>
/// <typeparam name="TDataset">What it learns from.</typeparam>
/// <typeparam name="TModel">What a member gives.</typeparam>
public abstract record StackingLearner<TDataset, TModel> : Learner<TDataset, TModel>
    where TDataset : Dataset<TDataset>
    where TModel : Model
{
    private const ulong FoldKey = 0x464F4C44;

    private readonly RecipeList<Learner<TDataset, TModel>> _members;
    private readonly Learner<TDataset, TModel> _final;
    private readonly int _folds = 5;

    private protected StackingLearner(Learner<TDataset, TModel> final, IReadOnlyList<Learner<TDataset, TModel>> members)
    {
        ArgumentNullException.ThrowIfNull(final);
        _final = final;
        _members = MemberList.Of(members, nameof(members));
    }

    /// <summary>The recipes. Each gets a seed of its own, drawn from <see cref="Learner.Seed"/> of this one and of its own.</summary>
    public IReadOnlyList<Learner<TDataset, TModel>> Members
    {
        get => _members;
        init => _members = MemberList.Of(value, nameof(Members));
    }

    /// <summary>The recipe of the final learner: any learner of the same kind.</summary>
    public Learner<TDataset, TModel> Final
    {
        get => _final;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _final = value;
        }
    }

    /// <summary>
    /// The folds by which members predict rows that they have not seen, at least 2 (default 5); where there are fewer rows, one fold a
    /// row. A single row is predicted by members that saw it.
    /// </summary>
    public int Folds
    {
        get => _folds;
        init => _folds = CheckRange(value, 2);
    }

    /// <summary>Whether the final learner is given the features as well (default: only what the members predict).</summary>
    public bool Passthrough { get; init; }

    /// <summary>What the members predict of each training row when they have not seen it.</summary>
    /// <param name="data">The training rows, all of weight above 0.</param>
    /// <param name="meta">What the final learner is given.</param>
    /// <param name="progress">Told of each member of each fold.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    private protected FeatureTable OutOfFold(
        TDataset data, MetaFeatures meta, ProgressCounter progress, int threads, CancellationToken cancellationToken)
    {
        int folds = FoldCount(data);
        int[] foldOf = folds == 1 ? new int[data.RowCount] : data.AssignFolds(folds, KeyedRandom.Mix(Seed, FoldKey));
        var train = new TDataset[folds];
        var held = new int[folds][];
        for (int k = 0; k < folds; k++)
        {
            held[k] = [.. Enumerable.Range(0, data.RowCount).Where(r => foldOf[r] == k)];
            train[k] = folds == 1 ? data : data.SelectRows([.. Enumerable.Range(0, data.RowCount).Where(r => foldOf[r] != k)]);
        }

        int tasks = folds * _members.Count;
        int outer = Math.Min(threads, tasks);
        var inner = new FitOptions { Threads = threads / outer };
        ParallelWork.For(tasks, outer, cancellationToken, task =>
        {
            int k = task / _members.Count;
            int m = task % _members.Count;
            TModel model = MemberList.Seeded(_members[m], Seed, m).Fit(train[k], inner, cancellationToken);
            double[] said = model.PredictRows(data.Features.SelectRows(held[k]), inner.Threads);
            meta.Write(m, held[k], said);
            progress.Add();
        });
        return meta.ToTable(data.Features, Passthrough);
    }

    /// <summary>The members, trained on all rows.</summary>
    private protected TModel[] FitMembers(TDataset data, ProgressCounter progress, int threads, CancellationToken cancellationToken) =>
        MemberList.Fit(_members, data, Seed, threads, progress, cancellationToken);

    /// <summary>The final recipe with a seed of its own.</summary>
    private protected Learner<TDataset, TModel> SeededFinal() => MemberList.Seeded(_final, Seed, _members.Count);

    /// <summary>The units of work of a fit: members of folds, members of all rows, and the final learner.</summary>
    private protected int Units(TDataset data) => ((FoldCount(data) + 1) * _members.Count) + 1;

    private int FoldCount(TDataset data) => Math.Min(_folds, data.RowCount);
}
