using Ensembles.Trees.Growing.Gradients;

namespace Ensembles.Tests.Trees.Growing.Gradients;

public class NewtonScoreTests
{
    [Theory]
    [InlineData(6, 2, 0, 1, 0, -2, 12)]
    [InlineData(6, 2, 3, 1, 0, -1, 3)]
    [InlineData(-6, 2, 3, 1, 0, 1, 3)]
    [InlineData(2, 2, 3, 1, 0, 0, 0)]
    [InlineData(6, 2, 0, 1, 0.5, -0.5, 5.25)]
    [InlineData(6, 2, 0, 1, 5, -2, 12)]
    [InlineData(6, 2, 1, 1, 0.5, -0.5, 4.25)]
    public void Weight_and_score_are_those_of_the_formula(
        double gradient, double hessian, double l1, double l2, double maxStep, double weight, double score)
    {
        var objective = new NewtonScore(l1, l2, maxStep);

        objective.Weight(gradient, hessian).Should().BeApproximately(weight, 1e-15);
        objective.Score(gradient, hessian).Should().BeApproximately(score, 1e-14);
    }

    /// <summary>The weight is where G·w + ½(H + λ)w² + α|w| is least among the weights allowed, and the score takes twice that off.</summary>
    [Fact]
    public void No_other_weight_does_better()
    {
        foreach (NewtonScore score in new[] { new(0, 1, 0), new(1.5, 0.5, 0), new(0, 2, 0.75), new NewtonScore(0.5, 0, 1) })
        {
            for (int g = -12; g <= 12; g++)
            {
                for (double h = 0.5; h < 5; h += 0.75)
                {
                    double limit = score.MaxDeltaStep > 0 ? score.MaxDeltaStep : 30;
                    double best = Enumerable.Range(-3000, 6001).Select(i => i * limit / 3000).Min(w => Objective(score, g, h, w));

                    Objective(score, g, h, score.Weight(g, h)).Should().BeInRange(best - 1e-3, best + 1e-12);
                    score.Score(g, h).Should().BeApproximately(-2 * Objective(score, g, h, score.Weight(g, h)), 1e-12);
                }
            }
        }
    }

    private static double Objective(NewtonScore score, double gradient, double hessian, double weight) =>
        (gradient * weight) + (0.5 * (hessian + score.L2) * weight * weight) + (score.L1 * Math.Abs(weight));
}
