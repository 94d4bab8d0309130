using System.Collections.ObjectModel;
using Ensembles.Learners;

namespace Ensembles.Bagging;

/// <summary>One model of a bagged ensemble and the features that it reads.</summary>
/// <typeparam name="TModel">The kind of model.</typeparam>
public sealed class BaggingMember<TModel>
    where TModel : Model
{
    internal BaggingMember(TModel model, int[]? columns)
    {
        Model = model;
        ColumnArray = columns;
        Columns = new ReadOnlyCollection<int>(columns ?? [.. Enumerable.Range(0, model.Schema.Count)]);
    }

    /// <summary>The model. Its schema has the columns of this member alone.</summary>
    public TModel Model { get; }

    /// <summary>For each feature of the model, its column in the schema of the ensemble; rising.</summary>
    public IReadOnlyList<int> Columns { get; }

    /// <summary>The columns, or null where the member reads all.</summary>
    internal int[]? ColumnArray { get; }
}
