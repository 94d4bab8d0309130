using System.Buffers;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Losses;

namespace Ensembles.Boosting;

/// <summary>The scores before the first tree: the loss's own optimum, the same for all rows, or what another model predicts.</summary>
internal sealed class StartingScores
{
    private readonly double[] _constants;
    private readonly Link? _link;

    /// <param name="constants">One an output.</param>
    public StartingScores(double[] constants)
    {
        _constants = constants;
        OutputCount = constants.Length;
    }

    /// <param name="model">What predicts where to start.</param>
    /// <param name="outputCount">The number of scores of a row.</param>
    /// <param name="link">How scores become predictions, to be turned round.</param>
    public StartingScores(Model model, int outputCount, Link link)
    {
        Model = model;
        OutputCount = outputCount;
        _constants = [];
        _link = link;
    }

    /// <summary>The number of scores of a row.</summary>
    public int OutputCount { get; }

    /// <summary>The scores of every row; none where a model gives them.</summary>
    public IReadOnlyList<double> Constants => _constants;

    /// <summary>What predicts where to start; null where all rows start alike.</summary>
    public Model? Model { get; }

    /// <summary>Writes the scores of rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="scores">Rows × outputs.</param>
    public void Write(in RowSet rows, Span<double> scores)
    {
        if (Model is null)
        {
            for (int i = 0; i < rows.Count * _constants.Length; i++)
            {
                scores[i] = _constants[i % _constants.Length];
            }

            return;
        }

        int width = Model.OutputCount;
        double[] rented = ArrayPool<double>.Shared.Rent(rows.Count * width);
        Span<double> predictions = rented.AsSpan(0, rows.Count * width);
        Model.PredictBlock(rows, predictions);
        for (int r = 0; r < rows.Count; r++)
        {
            _link!.Invert(predictions.Slice(r * width, width), scores.Slice(r * OutputCount, OutputCount));
        }

        ArrayPool<double>.Shared.Return(rented);
    }
}
