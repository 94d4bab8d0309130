using Ensembles.Data.Binning;
using Ensembles.Numerics;
using Ensembles.Trees.Growing.Gradients;
using Ensembles.Trees.Growing.Histograms;

namespace Ensembles.Tests.Trees.Growing.Histograms;

/// <summary>The search for splits against a plain loop over all of them; small whole sums, so that ties are many.</summary>
public class GradientSplitSearchTests
{
    // Takes nothing off any gradient here, but the way of general scores, one bin at a time.
    private static readonly NewtonScore Scalar = new(double.Epsilon, 1, 0);
    private static readonly NewtonScore Plain = new(0, 1, 0);

    public static TheoryData<int, bool, bool> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, bool, bool>();
            foreach (int bins in new[] { 1, 2, 7, 8, 9, 16, 17, 63, 255 })
            {
                shapes.Add(bins, false, false);
                shapes.Add(bins, true, false);
                shapes.Add(bins, false, true);
                shapes.Add(bins, true, true);
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_best_threshold_is_that_of_all(int bins, bool packed, bool missing)
    {
        var random = new RandomStream((ulong)bins);
        BinMapper mapper = OneValueEach(bins);
        mapper.BinCount.Should().Be(bins);
        var search = new GradientSplitSearch();
        foreach (NewtonScore score in new[] { Plain, Scalar, new NewtonScore(2, 0.5, 0), new NewtonScore(0, 3, 0.25), new NewtonScore(0, 0, 0) })
        {
            for (int trial = 0; trial < 20; trial++)
            {
                (GradientHistogram histogram, GradientSplitSearch.NodeSums node) = Draw(random, bins, packed, missing, trial);
                long least = 1 + (3 * (trial % 3));

                GradientSplitSearch.Found found = None;

                search.FindThreshold(histogram.Sums(1), default, mapper, node, score, least, ref found);

                GradientSplitSearch.Found expected = BruteForce(histogram, bins, node, score, least);
                found.Score.Should().Be(expected.Score);
                found.LastLeft.Should().Be(expected.LastLeft);
                found.MissingLeft.Should().Be(expected.MissingLeft);
                found.LeftGradient.Should().Be(expected.LeftGradient);
                found.LeftHessian.Should().Be(expected.LeftHessian);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Eight_bins_at_a_time_find_what_one_at_a_time_finds(int bins, bool packed, bool missing)
    {
        var random = new RandomStream((ulong)(1000 + bins));
        BinMapper mapper = OneValueEach(bins);
        var search = new GradientSplitSearch();
        for (int trial = 0; trial < 50; trial++)
        {
            (GradientHistogram histogram, GradientSplitSearch.NodeSums node) = Draw(random, bins, packed, missing, trial);

            GradientSplitSearch.Found vectors = None;

            search.FindThreshold(histogram.Sums(1), default, mapper, node, Plain, 1, ref vectors);
            GradientSplitSearch.Found scalars = None;
            search.FindThreshold(histogram.Sums(1), default, mapper, node, Scalar, 1, ref scalars);

            vectors.Should().Be(scalars);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_best_set_of_categories_is_that_of_all_sets(bool missing)
    {
        const int Categories = 6;
        var random = new RandomStream(5);
        BinMapper mapper = BinMapper.Categorical(Categories, [.. Enumerable.Range(0, Categories).Select(c => (byte)c)]);
        var search = new GradientSplitSearch();
        var score = new NewtonScore(0, 0, 0);
        for (int trial = 0; trial < 30; trial++)
        {
            (GradientHistogram histogram, GradientSplitSearch.NodeSums node) = Draw(random, mapper.BinCount, false, missing, trial);

            GradientSplitSearch.Found found = None;

            search.FindSet(histogram.Sums(1), default, mapper, node, score, 1, ref found);

            found.Score.Should().BeApproximately(BestOfAllSets(histogram, mapper.BinCount, node, score), 1e-9);
            if (found.LeftBins is not null)
            {
                long left = Enumerable.Range(0, mapper.BinCount).Where(b => found.LeftBins[b]).Sum(b => histogram.Sums(1)[b].Gradient);
                (left + (found.MissingLeft ? histogram.Sums(1)[mapper.MissingBin].Gradient : 0)).Should().Be(found.LeftGradient);
            }
        }
    }

    private static GradientSplitSearch.Found None => new() { Score = double.NegativeInfinity };

    private static BinMapper OneValueEach(int bins)
    {
        double[] values = [.. Enumerable.Range(0, bins).Select(b => (double)b)];
        return BinMapper.Numeric(values, values);
    }

    private static double BestOfAllSets(GradientHistogram histogram, int bins, GradientSplitSearch.NodeSums node, NewtonScore score)
    {
        double best = double.NegativeInfinity;
        for (int set = 1; set < 1 << (bins + 1); set++)
        {
            long gradient = 0;
            long hessian = 0;
            for (int bin = 0; bin <= bins; bin++)
            {
                (long g, long h) = (set >> bin & 1) == 1 ? histogram.Sums(1)[bin] : (0, 0);
                gradient += g;
                hessian += h;
            }

            if (hessian > 0 && node.Hessian - hessian > 0)
            {
                best = Math.Max(best, Score(score, node, gradient, hessian));
            }
        }

        return best;
    }

    private static GradientSplitSearch.Found BruteForce(
        GradientHistogram histogram, int bins, GradientSplitSearch.NodeSums node, NewtonScore score, long least)
    {
        var best = new GradientSplitSearch.Found { Score = double.NegativeInfinity };
        foreach (bool missingLeft in new[] { false, true })
        {
            (long missingGradient, long missingHessian) = histogram.Sums(1)[bins];
            long gradient = missingLeft ? missingGradient : 0;
            long hessian = missingLeft ? missingHessian : 0;
            for (int last = 0; last < bins && (!missingLeft || missingHessian > 0); last++)
            {
                gradient += histogram.Sums(1)[last].Gradient;
                hessian += histogram.Sums(1)[last].Hessian;
                if (hessian >= least && node.Hessian - hessian >= least && Score(score, node, gradient, hessian) > best.Score)
                {
                    best = new GradientSplitSearch.Found
                    {
                        Score = Score(score, node, gradient, hessian),
                        LastLeft = last,
                        MissingLeft = missingLeft,
                        LeftGradient = gradient,
                        LeftHessian = hessian,
                    };
                }
            }
        }

        return best;
    }

    private static double Score(NewtonScore score, GradientSplitSearch.NodeSums node, long gradient, long hessian) =>
        score.Score(gradient * node.GradientUnit, hessian * node.HessianUnit)
        + score.Score((node.Gradient - gradient) * node.GradientUnit, (node.Hessian - hessian) * node.HessianUnit);

    private static (GradientHistogram Histogram, GradientSplitSearch.NodeSums Node) Draw(
        RandomStream random, int bins, bool packed, bool missing, int trial)
    {
        var histogram = new GradientHistogram(new HistogramLayout([256, 256, 256, 256]));
        histogram.Clear(packed);
        long gradient = 0;
        long hessian = 0;
        for (int bin = 0; bin < bins + (missing ? 1 : 0); bin++)
        {
            long h = random.NextInt(3) == 0 ? 0 : 1 + random.NextInt(trial % 2 == 0 ? 3 : 1000);
            long g = h == 0 ? 0 : random.NextInt(7) - 3;
            gradient += g;
            hessian += h;
            int cell = 256 + bin;
            if (packed)
            {
                histogram.Cells[cell] = (g << 32) + h;
            }
            else
            {
                (histogram.Cells[2 * cell], histogram.Cells[(2 * cell) + 1]) = (g, h);
            }
        }

        return (histogram, new GradientSplitSearch.NodeSums(gradient, hessian, 0.3, 0.7));
    }
}
