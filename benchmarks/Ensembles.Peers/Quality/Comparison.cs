using Ensembles.Evaluation;

namespace Ensembles.Peers.Quality;

/// <summary>Ours beside another library's on one set, seed by seed.</summary>
internal sealed class Comparison
{
    public Comparison(string set, ComparedLearner learner, string recipe, Measure measure, double[] ours, double[] theirs)
    {
        Set = set;
        Learner = learner;
        Recipe = recipe;
        Measure = measure;
        Ours = ours;
        Theirs = theirs;
        Pair = PairedDifference.Of(ours, theirs);
        P = ours.Length > 1 ? PairedTests.T(ours, theirs).PValue : 1;
    }

    public string Set { get; }

    public ComparedLearner Learner { get; }

    public string Recipe { get; }

    public Measure Measure { get; }

    /// <summary>By seed, those that both sides have.</summary>
    public double[] Ours { get; }

    /// <inheritdoc cref="Ours"/>
    public double[] Theirs { get; }

    /// <summary>Ours less theirs: above 0 where the other library is better.</summary>
    public PairedDifference Pair { get; }

    /// <summary>Of the paired t test, two-sided.</summary>
    public double P { get; }

    /// <summary>The same by Holm's correction over all comparisons of the learner.</summary>
    public double CorrectedP { get; set; } = 1;

    public bool IsSignificant => CorrectedP < 0.05;

    /// <summary>The mean over the seeds of 1 where ours is better, 2 where theirs is, 1.5 where they are equal.</summary>
    public double OurRank => Ours.Zip(Theirs, (ours, theirs) => ours < theirs ? 1 : ours > theirs ? 2 : 1.5).Average();
}
