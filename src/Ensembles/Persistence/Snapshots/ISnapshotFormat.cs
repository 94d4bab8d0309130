using Ensembles.Learners;

namespace Ensembles.Persistence.Snapshots;

/// <summary>How the units of one kind of fit are written and read.</summary>
/// <typeparam name="TUnit">What is kept of a unit.</typeparam>
internal interface ISnapshotFormat<TUnit>
    where TUnit : class
{
    /// <summary>Whether each unit needs those before it, so that they stand in their order without a gap.</summary>
    bool IsOrdered { get; }

    /// <summary>Writes the properties of a unit.</summary>
    void Write(ModelOutput output, TUnit unit);

    /// <summary>Reads them, in the order in which they are written.</summary>
    TUnit Read(ModelInput input, FitIdentity fit);
}
