using System.Collections;
using Ensembles.Metrics;
using Ensembles.Numerics;

namespace Ensembles.Explanation;

/// <summary>Importances of features: a list in the order of the schema, that shows itself by importance.</summary>
/// <typeparam name="TImportance">What is known of a feature.</typeparam>
public sealed class ImportanceList<TImportance> : IReadOnlyList<TImportance>
{
    private const int RowsOfText = 20;

    private readonly TImportance[] _items;
    private readonly string _title;
    private readonly string[] _header;
    private readonly Func<TImportance, (string Feature, double[] Values)> _line;

    /// <param name="items">The importances.</param>
    /// <param name="title">What they are.</param>
    /// <param name="header">The names of the values.</param>
    /// <param name="line">The feature and the values, of which the first is the importance.</param>
    internal ImportanceList(
        TImportance[] items, string title, string[] header, Func<TImportance, (string Feature, double[] Values)> line)
    {
        _items = items;
        _title = title;
        _header = header;
        _line = line;
    }

    /// <summary>The number of features.</summary>
    public int Count => _items.Length;

    /// <summary>The importance of a feature.</summary>
    /// <param name="index">Its number in the schema, from 0.</param>
    public TImportance this[int index] => _items[index];

    /// <inheritdoc/>
    public IEnumerator<TImportance> GetEnumerator() => ((IEnumerable<TImportance>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A table of the most important features.</summary>
    public override string ToString() => Table().ToString();

    /// <summary>The same as a fragment of HTML, which notebooks show, with a bar a feature.</summary>
    public string ToHtml() => Table().ToHtml();

    private TextTable Table()
    {
        (string Feature, double[] Values)[] lines = [.. _items.Select(_line).OrderByDescending(line => line.Values[0])];
        int more = lines.Length - RowsOfText;
        var table = new TextTable(["feature", .. _header])
        {
            Title = _title,
            Note = more > 0 ? $"… {Counted.Text(more, "more feature", "more features")}" : null,
        };
        double most = lines.Max(line => line.Values[0]);
        foreach ((string feature, double[] values) in lines.Take(RowsOfText))
        {
            table.AddBar(most > 0 ? values[0] / most : 0, [feature, .. values.Select(value => TextTable.Short(value, 4))]);
        }

        return table;
    }
}
