using Ensembles.Learners;

namespace Ensembles.Catalog;

/// <summary>A learner in the catalogue: what it is called, and its hyper-parameters.</summary>
public sealed class LearnerEntry
{
    internal LearnerEntry(string name, LearningTask task, Learner @default, IEnumerable<HyperParameter> hyperParameters)
    {
        Name = name;
        Task = task;
        Default = @default;
        TypeName = @default.GetType().Name;
        HyperParameters = Array.AsReadOnly([.. hyperParameters]);
    }

    /// <summary>The short name, as <c>random-forest</c>; unique within its task.</summary>
    public string Name { get; }

    /// <summary>What it learns.</summary>
    public LearningTask Task { get; }

    /// <summary>The name of the type of its recipe, as <c>RandomForestClassifier</c>; unique.</summary>
    public string TypeName { get; }

    /// <summary>The recipe of all defaults; of a learner that needs members, with members of a usual kind.</summary>
    public Learner Default { get; }

    /// <summary>All hyper-parameters of the recipe.</summary>
    public IReadOnlyList<HyperParameter> HyperParameters { get; }

    /// <summary>A hyper-parameter.</summary>
    /// <param name="name">Its name, in letters of any case.</param>
    /// <exception cref="ArgumentException">There is none of this name; the message says which are near.</exception>
    public HyperParameter this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            return HyperParameterList.Find(HyperParameters, name, TypeName);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({TypeName})";
}
