using Ensembles.Numerics;

namespace Ensembles.Data.Folding;

/// <summary>One fold a group.</summary>
internal sealed class LeaveOneGroupOutFolds : FoldPlan
{
    private readonly RowGroups _groups;

    public LeaveOneGroupOutFolds(RowGroups groups)
    {
        _groups = groups.Count >= 2
            ? groups
            : throw new ArgumentException("To leave a group out there must be at least two.", nameof(groups));
    }

    /// <inheritdoc/>
    public override string ToString() => Text($"one fold for each of {Counted.Text(_groups.Count, "group", "groups")}");

    internal override Fold[] Make(Dataset data)
    {
        _groups.Check(data);
        return Fold.FromAssigned(_groups.GroupOf, _groups.Count);
    }
}
