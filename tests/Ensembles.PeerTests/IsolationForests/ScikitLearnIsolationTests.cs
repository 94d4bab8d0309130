using System.IO.Compression;
using System.Text.Json;
using Ensembles.Data;
using Ensembles.IsolationForests;
using Ensembles.Metrics;
using Ensembles.Trees;

namespace Ensembles.PeerTests.IsolationForests;

/// <summary>
/// Both sides draw their trees at random, so averages over as many seeds are compared, in units of their standard errors.
/// scikit-learn estimates the rest of a path that was cut off with H(i) ≈ ln i + 0.5772, where ours sums H up: scores of rows in
/// the thick of the data differ a little, their order hardly.
/// </summary>
public class ScikitLearnIsolationTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Fixtures.Value.Length)];

    private static readonly Lazy<IsolationCase[]> Fixtures = new(Read);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Scores_order_rows_alike_and_find_outliers_as_well(int index)
    {
        IsolationCase peer = Fixtures.Value[index];
        FeatureTable table = FeatureTable.FromRowMajor(peer.Cells, peer.Features);
        var means = new double[peer.Labels.Length];
        var areas = new double[peer.Areas.Length];
        var thresholds = new double[peer.Areas.Length];
        var flagged = new double[peer.Areas.Length];
        for (int seed = 0; seed < areas.Length; seed++)
        {
            IsolationForestModel model = Recipe(peer, (ulong)seed).Fit(table);
            double[] scores = model.Scores(table);
            for (int r = 0; r < means.Length; r++)
            {
                means[r] += scores[r] / areas.Length;
            }

            areas[seed] = AreaUnderRoc.Compute(peer.Labels, scores);
            thresholds[seed] = model.Threshold;
            flagged[seed] = model.AreOutliers(table).Count(outlier => outlier);
        }

        // The means of 30 and of 30 other seeds of scikit-learn correlate at 0.995 to 0.999 with each other.
        RankCorrelation(means, peer.MeanScores).Should().BeGreaterThan(0.99);
        (Mean(areas) - Mean(peer.Areas)).Should().BeInRange(-Margin(areas, peer.Areas), Margin(areas, peer.Areas));
        for (int r = 0; r < means.Length; r++)
        {
            means[r].Should().BeApproximately(peer.MeanScores[r], 0.02);
        }

        Mean(thresholds).Should().BeApproximately(Mean(peer.Thresholds), 0.01);
        if (peer.Contamination is double share)
        {
            flagged.Should().OnlyContain(count => Math.Abs(count - (share * means.Length)) <= 1);
            peer.Flagged.Should().OnlyContain(count => Math.Abs(count - (share * means.Length)) <= 1);
        }
    }

    private static IsolationForest Recipe(IsolationCase peer, ulong seed) => new()
    {
        TreeCount = peer.Trees,
        SampleSize = peer.SampleSize,
        MaxFeatures = FeatureCount.Exactly(peer.MaxFeatures),
        Contamination = peer.Contamination,
        Seed = seed,
    };

    /// <summary>Four standard errors of the difference of two means.</summary>
    private static double Margin(double[] a, double[] b) => 4 * Math.Sqrt((Variance(a) / a.Length) + (Variance(b) / b.Length));

    private static double Mean(double[] values) => values.Average();

    private static double Variance(double[] values) => values.Sum(v => (v - Mean(values)) * (v - Mean(values))) / (values.Length - 1);

    private static double RankCorrelation(double[] a, double[] b)
    {
        double[] x = Ranks(a);
        double[] y = Ranks(b);
        double covariance = Enumerable.Range(0, x.Length).Sum(i => (x[i] - Mean(x)) * (y[i] - Mean(y))) / (x.Length - 1);
        return covariance / Math.Sqrt(Variance(x) * Variance(y));
    }

    private static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
        var ranks = new double[values.Length];
        for (int place = 0; place < order.Length; place++)
        {
            ranks[order[place]] = place;
        }

        return ranks;
    }

    private static IsolationCase[] Read()
    {
        using Stream file = typeof(ScikitLearnIsolationTests).Assembly.GetManifestResourceStream("isolation.json.gz")
            ?? throw new FileNotFoundException("The fixture is not embedded.", "isolation.json.gz");
        using var text = new GZipStream(file, CompressionMode.Decompress);
        return JsonSerializer.Deserialize<IsolationFile>(text, Options)!.Cases;
    }

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private sealed record IsolationFile(IsolationCase[] Cases);

    private sealed record IsolationCase(
        int Features,
        double[] Cells,
        int[] Labels,
        int Trees,
        int SampleSize,
        int MaxFeatures,
        double? Contamination,
        double[] MeanScores,
        double[] Areas,
        double[] Thresholds,
        int[] Flagged);
}
