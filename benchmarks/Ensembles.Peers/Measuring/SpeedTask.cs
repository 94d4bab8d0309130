using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;

namespace Ensembles.Peers.Measuring;

/// <summary>What to train, on all sides with the same parameters.</summary>
/// <param name="Name">What the results call it.</param>
/// <param name="Make">The rows, by their number, the number of those to test by, and a seed.</param>
internal abstract record SpeedTask(string Name, Func<int, int, ulong, Problem> Make)
{
    /// <summary>How many of the threads asked for are used.</summary>
    public virtual int ThreadsOf(int threads) => threads;

    /// <summary>Who is measured with a number of threads: ours, and those of the other libraries that take part.</summary>
    public abstract IEnumerable<string> Libraries(int threads, IEnumerable<string> others);

    /// <summary>Whether a name is that of one of our learners.</summary>
    public abstract bool IsOurs(string library);

    /// <summary>The parameters for the script of another library.</summary>
    public abstract IEnumerable<(string Name, string Value)> PeerParameters(int seed);

    /// <summary>Trains ours from columns of floats; gives what predicts a table.</summary>
    public abstract Func<FeatureTable, double[]> Train(string library, Rows rows, int seed, FitOptions options);

    /// <summary>How predictions err: by default the share of wrong classes, or the root mean squared error.</summary>
    public virtual double Error(Rows test, double[] predictions) => test.Classes > 0
        ? 1 - Accuracy.Compute(test.Labels, Array.ConvertAll(predictions, value => (int)value))
        : RootMeanSquaredError.Compute(test.Target, predictions);
}
