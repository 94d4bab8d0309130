using System.Globalization;

namespace Ensembles.Trees.Export;

/// <summary>The colours that the boxes of a tree are filled with.</summary>
internal sealed class NodeFill
{
    // Text must be read on the fullest colour.
    private const double FullestAlpha = 127;

    private readonly ITreeModel _model;
    private readonly IReadOnlyList<string> _colors;
    private readonly double _least = double.PositiveInfinity;
    private readonly double _greatest = double.NegativeInfinity;

    public NodeFill(ITreeModel model, IReadOnlyList<string> colors)
    {
        _model = model;
        _colors = colors;
        if (model.ClassNames.Count == 0)
        {
            for (int leaf = 0; leaf < model.Tree.LeafCount; leaf++)
            {
                double value = model.Tree.LeafValue(leaf)[0];
                _least = Math.Min(_least, value);
                _greatest = Math.Max(_greatest, value);
            }
        }
    }

    /// <summary>The colour of a node as <c>#rrggbbaa</c>; null where the value of the node was not kept.</summary>
    public string? Of(int node)
    {
        ReadOnlySpan<double> values = TreeText.Values(_model, node);
        if (values.IsEmpty)
        {
            return null;
        }

        if (_model.ClassNames.Count == 0)
        {
            return Color(0, _greatest > _least ? (values[0] - _least) / (_greatest - _least) : 0);
        }

        // How far the class is ahead of the next one: nothing where two are equal, all where there is no other.
        int best = Learners.ClassificationModel.IndexOfMax(values);
        double second = 0;
        for (int k = 0; k < values.Length; k++)
        {
            second = k == best ? second : Math.Max(second, values[k]);
        }

        return Color(best, second < 1 ? (values[best] - second) / (1 - second) : 0);
    }

    private string Color(int index, double fullness)
    {
        int alpha = (int)(FullestAlpha * Math.Clamp(fullness, 0, 1));
        return _colors[index % _colors.Count] + alpha.ToString("x2", CultureInfo.InvariantCulture);
    }
}
