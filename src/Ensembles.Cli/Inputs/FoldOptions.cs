using System.CommandLine;
using Ensembles.Catalog.Values;
using Ensembles.Data;
using Ensembles.Metrics;

namespace Ensembles.Cli.Inputs;

/// <summary>The options that say how rows are parted into folds, and what is measured by them.</summary>
internal sealed class FoldOptions
{
    private readonly Option<int> _folds = new("--folds", "-k")
    {
        Description = "The number of folds; of classes each fold has its share.",
        HelpName = "count",
        DefaultValueFactory = _ => 5,
    };

    private readonly Option<int> _repeats = new("--repeats")
    {
        Description = "How often the folds are drawn anew.",
        HelpName = "count",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<string?> _metrics = new("--metrics")
    {
        Description = "What is measured, parted by commas, as \"log loss,ROC AUC\"; the first decides a search.",
        HelpName = "names",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_folds);
        command.Options.Add(_repeats);
        command.Options.Add(_metrics);
    }

    /// <summary>The folds.</summary>
    public FoldPlan Plan(ParseResult parsed, bool stratified, ulong seed)
    {
        int folds = parsed.GetValue(_folds);
        int repeats = parsed.GetValue(_repeats);
        if (folds < 2)
        {
            throw new UsageException("--folds must be at least 2.");
        }

        if (repeats < 1)
        {
            throw new UsageException("--repeats must be at least 1.");
        }

        FoldPlan plan = stratified ? FoldPlan.Stratified(folds, seed) : FoldPlan.KFold(folds, seed);
        return repeats == 1 ? plan : plan.Repeat(repeats);
    }

    /// <summary>What is measured of classifiers.</summary>
    public MetricList<ClassificationMetric> OfClasses(ParseResult parsed) => Metrics(
        parsed,
        MetricFormats.Classification,
        [ClassificationMetric.LogLoss, ClassificationMetric.Accuracy, ClassificationMetric.AreaUnderRoc]);

    /// <summary>What is measured of regressors.</summary>
    public MetricList<RegressionMetric> OfNumbers(ParseResult parsed) => Metrics(
        parsed,
        MetricFormats.Regression,
        [RegressionMetric.RootMeanSquaredError, RegressionMetric.MeanAbsoluteError, RegressionMetric.RSquared]);

    private MetricList<TMetric> Metrics<TMetric>(ParseResult parsed, MetricListFormat<TMetric> format, MetricList<TMetric> byDefault)
        where TMetric : Metric
    {
        if (parsed.GetValue(_metrics) is not string names)
        {
            return byDefault;
        }

        try
        {
            return format.Parse("--metrics", names);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new UsageException(Messages.OneLine(e), e);
        }
    }
}
