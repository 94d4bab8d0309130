namespace Ensembles.Data;

/// <summary>How a file in the sparse format of LibSVM and SVMlight is read.</summary>
public sealed record LibSvmOptions
{
    /// <summary>
    /// The index of the first feature, 0 or 1; null (the default): 0 if an index 0 occurs in the file, otherwise 1. The features are named
    /// by their index in the file: x1, x2, x3 … or x0, x1, x2 …
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is neither 0 nor 1.</exception>
    public int? FirstIndex
    {
        get;
        init
        {
            if (value is { } index && index is not (0 or 1))
            {
                throw new ArgumentOutOfRangeException(nameof(FirstIndex), value, "FirstIndex must be 0 or 1.");
            }

            field = value;
        }
    }

    /// <summary>
    /// The number of features, at least 1; null (the default): up to the largest index that occurs. A test file needs the number of the
    /// training file, since its last features may be absent from all of its rows. A larger index is then an error.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? FeatureCount
    {
        get;
        init
        {
            if (value is { } count)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(FeatureCount));
            }

            field = value;
        }
    }

    /// <summary>Whether a feature that a row does not list is missing; false (the default): it is 0, as in LibSVM.</summary>
    public bool AbsentIsMissing { get; init; }
}
