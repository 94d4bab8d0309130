using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Learners;
using Ensembles.Plots;

namespace Ensembles.Cli.Models;

/// <summary>What a model goes by, as pictures of a page.</summary>
internal sealed class ExplanationReport
{
    private const int OutputsShown = 3;

    private readonly Model _model;
    private readonly FeatureTable _rows;
    private readonly int _top;
    private readonly FitOptions _options;
    private int[] _leading;

    /// <param name="model">The model.</param>
    /// <param name="table">Rows under its schema.</param>
    /// <param name="most">The most rows that are explained; of more every so many are taken.</param>
    /// <param name="top">Of how many features the dependence is shown.</param>
    /// <param name="options">How many threads are used.</param>
    public ExplanationReport(Model model, FeatureTable table, int most, int top, FitOptions options)
    {
        _model = model;
        _top = Math.Min(top, table.ColumnCount);
        _options = options;
        _leading = [.. Enumerable.Range(0, _top)];
        int count = Math.Min(most, table.RowCount);
        _rows = count == table.RowCount
            ? table
            : table.SelectRows([.. Enumerable.Range(0, count).Select(i => (int)((long)i * table.RowCount / count))]);
    }

    /// <summary>The number of rows that are explained.</summary>
    public int RowCount => _rows.RowCount;

    /// <summary>The page with the pictures at its end.</summary>
    public FigurePage AddTo(FigurePage page, CancellationToken cancellationToken)
    {
        page = page.AddHeading("The model");
        page = ModelFacts.Of(_model).Aggregate(page, (current, fact) => current.AddParagraph($"{fact.Name}: {fact.Value}"));
        if (_model is IFeatureImportances important)
        {
            double[] importances = important.FeatureImportances();
            _leading = Leading(importances);
            page = page.AddHeading("Importances")
                .AddParagraph("How much training gained by each feature, as shares of the whole.")
                .Add(Plot.Importances([.. _model.Schema.Select(feature => feature.Name)], importances) with { Title = "Importances" });
        }

        try
        {
            page = AddShapley(page, _model.Explain(_rows, _options, cancellationToken));
        }
        catch (InvalidOperationException e)
        {
            page = page.AddHeading("SHAP values").AddParagraph(Messages.OneLine(e));
        }

        return AddDependence(page, cancellationToken);
    }

    private FigurePage AddDependence(FigurePage page, CancellationToken cancellationToken)
    {
        page = page.AddHeading("Partial dependence").AddParagraph(
            "What the model says on average where a feature is set to each of some values, and the rest of a row stays as it is.");
        var options = new PartialDependenceOptions { Run = _options };
        foreach (int feature in _leading)
        {
            string name = _model.Schema[feature].Name;
            PartialDependence dependence = _model.PartialDependence(_rows, name, options, cancellationToken);
            page = page.Add(Plot.PartialDependence(dependence, prediction: _model is ClassificationModel ? null : "mean prediction"));
        }

        return page;
    }

    private int[] Leading(double[] importances) =>
        [.. Enumerable.Range(0, importances.Length).OrderByDescending(f => importances[f]).Take(_top).Where(f => importances[f] > 0)];

    private FigurePage AddShapley(FigurePage page, ShapValues values)
    {
        page = page.AddHeading("SHAP values").AddParagraph(
            $"What each feature adds to the model's score of a row: exact Shapley values of {ModelFacts.Whole(values.RowCount)} rows.");
        _leading = Leading(values.MeanAbsolute());
        page = page.Add(Plot.Importances(values));
        for (int output = 0; output < Math.Min(values.OutputCount, OutputsShown); output++)
        {
            string about = values.OutputCount == 1 ? string.Empty : $": {values.OutputNames[output]}";
            if (about.Length > 0)
            {
                page = page.AddHeading($"Score{about}");
            }

            page = page.Add(Plot.ShapSummary(values, output));
            double[] means = values.MeanAbsolute(output);
            foreach (int feature in Leading(means))
            {
                page = page.Add(Plot.ShapDependence(values, feature, output: output));
            }
        }

        return values.OutputCount > OutputsShown
            ? page.AddParagraph($"Scores that are not shown: {string.Join(", ", values.OutputNames.Skip(OutputsShown))}.")
            : page;
    }
}
