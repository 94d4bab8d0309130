namespace Ensembles.Datasets;

/// <summary>The shape of the problem that <see cref="SyntheticData.Hypercube"/> makes.</summary>
public sealed record HypercubeOptions
{
    private readonly int _informative = 2;
    private readonly int _redundant = 2;
    private readonly int _repeated;
    private readonly int _noise = 16;
    private readonly int _classes = 2;
    private readonly int _clustersPerClass = 2;
    private readonly double _classSeparation = 1;
    private readonly double _flipped = 0.01;

    /// <summary>Features that the classes differ in: the dimensions of the hypercube. At least 1, default 2.</summary>
    public int Informative
    {
        get => _informative;
        init => _informative = AtLeast(value, 1, nameof(Informative));
    }

    /// <summary>Features that are random linear combinations of the informative ones. At least 0, default 2.</summary>
    public int Redundant
    {
        get => _redundant;
        init => _redundant = AtLeast(value, 0, nameof(Redundant));
    }

    /// <summary>Features that repeat an informative or redundant one. At least 0, default 0.</summary>
    public int Repeated
    {
        get => _repeated;
        init => _repeated = AtLeast(value, 0, nameof(Repeated));
    }

    /// <summary>Standard normal features without any influence. At least 0, default 16.</summary>
    public int Noise
    {
        get => _noise;
        init => _noise = AtLeast(value, 0, nameof(Noise));
    }

    /// <summary>The number of classes, all equally likely. At least 2, default 2.</summary>
    public int Classes
    {
        get => _classes;
        init => _classes = AtLeast(value, 2, nameof(Classes));
    }

    /// <summary>
    /// The number of clusters of each class, each at a vertex of its own; <see cref="Classes"/> times this is at most
    /// 2^<see cref="Informative"/>. At least 1, default 2.
    /// </summary>
    public int ClustersPerClass
    {
        get => _clustersPerClass;
        init => _clustersPerClass = AtLeast(value, 1, nameof(ClustersPerClass));
    }

    /// <summary>Half the side of the hypercube; the larger, the easier. Above 0, default 1.</summary>
    public double ClassSeparation
    {
        get => _classSeparation;
        init => _classSeparation = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(ClassSeparation), value, "ClassSeparation must be finite and above 0.");
    }

    /// <summary>The share of rows whose class is drawn at random instead. From 0 to 1, default 0.01.</summary>
    public double Flipped
    {
        get => _flipped;
        init => _flipped = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Flipped), value, "Flipped must lie between 0 and 1.");
    }

    /// <summary>Whether the columns come in random order instead of informative, redundant, repeated, noise. Default true.</summary>
    public bool ShuffleColumns { get; init; } = true;

    /// <summary>The number of features in all.</summary>
    public int Features => Informative + Redundant + Repeated + Noise;

    private static int AtLeast(int value, int least, string name) =>
        value >= least ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {least}.");
}
