using System.Globalization;
using Ensembles.AdaBoost;
using Ensembles.Data;
using Ensembles.Numerics;
using Ensembles.Plots.Specs;

namespace Ensembles.Plots;

public static partial class Plot
{
    // Points of a distribution function: more are not seen.
    private const int MarginPoints = 400;

    /// <summary>
    /// The distribution of the margins of a boosted classifier after some of its rounds (R. Schapire, Y. Freund, P. Bartlett, W. Lee:
    /// <i>Boosting the margin</i>, 1998): of two classes y·f(x) for y = ±1, of more the share of the votes for the true class less the
    /// largest share of another. Below 0 a row is misclassified; boosting goes on to move margins to the right when no training row is.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The rows, say those it was trained on; their classes are matched to those of the model by name.</param>
    /// <param name="rounds">After how many rounds; none for 5, 50 and all.</param>
    /// <exception cref="ArgumentException">
    /// The model has no members, a row has a class that the model does not know, or a column of the model is missing.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The model has not so many rounds.</exception>
    public static Chart Margins(AdaBoostClassificationModel model, ClassificationDataset data, params ReadOnlySpan<int> rounds)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        int all = model.Members.Count;
        if (all == 0)
        {
            throw new ArgumentException("The model has no members.", nameof(model));
        }

        int[] shown = rounds.IsEmpty ? [.. new[] { 5, 50, all }.Where(round => round <= all).Distinct()] : rounds.ToArray();
        foreach (int round in shown)
        {
            if (round < 1 || round > all)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(rounds), round, string.Create(CultureInfo.InvariantCulture, $"The rounds are 1 to {all}."));
            }
        }

        int[] labels = LabelsOf(model, data);
        var lines = new List<Line>();
        int number = 0;
        foreach (double[,] decisions in model.StagedDecisionFunction(data.Features))
        {
            number++;
            if (Array.IndexOf(shown, number) >= 0)
            {
                double[] margins = [.. labels.Select((label, row) => Margin(decisions, row, label))];
                lines.Add(Distribution(Counted.Text(number, "round", "rounds"), margins, data.Weights));
            }
        }

        var body = new LineChart(lines)
        {
            XTitle = "margin",
            YTitle = "share of the rows below",
            XScale = () => Spec.Domain(-1, 1),
            YScale = () => Spec.Domain(0, 1),
            Interpolate = "step-after",
            IsOrdered = true,
            Reference = (0, 0, 0, 1),
        };
        return new Chart(body.Build) { Title = "Margins", Subtitle = "left of 0 lie the rows that are misclassified" };
    }

    private static int[] LabelsOf(AdaBoostClassificationModel model, ClassificationDataset data)
    {
        int[] places = [.. data.Classes.Select(model.Classes.IndexOf)];
        var labels = new int[data.RowCount];
        for (int r = 0; r < labels.Length; r++)
        {
            labels[r] = places[data.Labels[r]];
            if (labels[r] < 0)
            {
                throw new ArgumentException(
                    $"Row {Spec.Whole(r)}: the class '{data.Classes[data.Labels[r]]}' is none of the model's: {model.Classes}.",
                    nameof(data));
            }
        }

        return labels;
    }

    private static double Margin(double[,] decisions, int row, int label)
    {
        if (decisions.GetLength(1) == 1)
        {
            return label == 1 ? decisions[row, 0] : -decisions[row, 0];
        }

        double other = double.NegativeInfinity;
        for (int k = 0; k < decisions.GetLength(1); k++)
        {
            other = k == label ? other : Math.Max(other, decisions[row, k]);
        }

        return decisions[row, label] - other;
    }

    /// <summary>The share of the weight at or below each of some values, from the least to the greatest.</summary>
    private static Line Distribution(string name, double[] values, ReadOnlySpan<double> weights)
    {
        double[] all = weights.IsEmpty ? [.. values.Select(_ => 1.0)] : weights.ToArray();
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
        double total = all.Sum();
        List<double> x = [-1];
        List<double> y = [0];
        double sum = 0;
        int next = 0;
        for (int i = 0; i < order.Length; i++)
        {
            sum += all[order[i]];
            bool isLastOfEqual = i + 1 == order.Length || values[order[i + 1]] > values[order[i]];
            if (isLastOfEqual && (i >= next || i + 1 == order.Length))
            {
                x.Add(values[order[i]]);
                y.Add(sum / total);
                next = i + Math.Max(1, order.Length / MarginPoints);
            }
        }

        x.Add(1);
        y.Add(1);
        return new Line(name, x, y);
    }
}
