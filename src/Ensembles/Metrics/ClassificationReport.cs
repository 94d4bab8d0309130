namespace Ensembles.Metrics;

/// <summary>Precision, recall and F1 of a class, or their means over classes.</summary>
/// <param name="Name">The name of the class or of the mean.</param>
/// <param name="Precision">Of the rows that were given the class, the share that is of it; 0 if none was.</param>
/// <param name="Recall">Of the rows of the class, the share that was given it; 0 if there are none.</param>
/// <param name="F1">The harmonic mean of the two; 0 if the class neither occurs nor was predicted.</param>
/// <param name="Support">The number of rows of the class, or their weight.</param>
public readonly record struct ClassScores(string Name, double Precision, double Recall, double F1, double Support);

/// <summary>How well each class is recognised, and all of them together.</summary>
public sealed class ClassificationReport
{
    private ClassificationReport(ClassScores[] classes, double accuracy)
    {
        double total = classes.Sum(c => c.Support);
        Classes = Array.AsReadOnly(classes);
        Accuracy = accuracy;
        MacroAverage = Mean("macro average", c => 1.0 / classes.Length);
        WeightedAverage = Mean("weighted average", c => c.Support / total);

        ClassScores Mean(string name, Func<ClassScores, double> weight) => new(
            name,
            classes.Sum(c => weight(c) * c.Precision),
            classes.Sum(c => weight(c) * c.Recall),
            classes.Sum(c => weight(c) * c.F1),
            total);
    }

    /// <summary>The classes.</summary>
    public IReadOnlyList<ClassScores> Classes { get; }

    /// <summary>The share of rows whose class was predicted.</summary>
    public double Accuracy { get; }

    /// <summary>The means over the classes, each counting the same; the support is that of all rows.</summary>
    public ClassScores MacroAverage { get; }

    /// <summary>The means over the classes, each counting as many rows as it has; the support is that of all rows.</summary>
    public ClassScores WeightedAverage { get; }

    /// <summary>Makes the report of a confusion matrix.</summary>
    /// <param name="matrix">How many rows of each class were given each class.</param>
    public static ClassificationReport Of(ConfusionMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return new ClassificationReport(
            [
                .. Enumerable.Range(0, matrix.ClassCount).Select(k => new ClassScores(
                    matrix.ClassNames[k], matrix.Precision(k), matrix.Recall(k), matrix.F1(k), matrix.ActualTotal(k))),
            ],
            matrix.Accuracy);
    }

    /// <summary>Computes the report.</summary>
    /// <inheritdoc cref="ConfusionMatrix.Compute"/>
    public static ClassificationReport Compute(
        ReadOnlySpan<int> labels,
        ReadOnlySpan<int> predictions,
        int classCount,
        ReadOnlySpan<double> weights = default,
        IReadOnlyList<string>? classNames = null) =>
        Of(ConfusionMatrix.Compute(labels, predictions, classCount, weights, classNames));

    /// <summary>A line a class, then the accuracy and the averages.</summary>
    public override string ToString() => Table().ToString();

    /// <summary>The same as a fragment of HTML, which notebooks show.</summary>
    public string ToHtml() => Table().ToHtml("report by class");

    private TextTable Table()
    {
        var table = new TextTable(string.Empty, "precision", "recall", "F1", "support");
        foreach (ClassScores scores in Classes)
        {
            Add(scores);
        }

        table.Add("accuracy", string.Empty, string.Empty, TextTable.Number(Accuracy), TextTable.Number(MacroAverage.Support, "0.###"));
        Add(MacroAverage);
        Add(WeightedAverage);
        return table;

        void Add(ClassScores scores) => table.Add(
            scores.Name,
            TextTable.Number(scores.Precision),
            TextTable.Number(scores.Recall),
            TextTable.Number(scores.F1),
            TextTable.Number(scores.Support, "0.###"));
    }
}
