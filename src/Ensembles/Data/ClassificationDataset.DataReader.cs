using System.Data;
using Ensembles.Data.Reading;

namespace Ensembles.Data;

// Classes and features from databases.
public sealed partial class ClassificationDataset
{
    /// <summary>Reads the rows of a database query, or of any other data reader.</summary>
    /// <param name="reader">Where it stands: read to the end of its current result, and not closed.</param>
    /// <param name="target">The column of the classes.</param>
    /// <param name="options">What the columns stand for; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the reading early with an <see cref="OperationCanceledException"/>.</param>
    /// <remarks>
    /// Numbers of any type and true or false (1 or 0) make a numeric feature, text makes a categorical one; the first value of a column
    /// decides. <see cref="DBNull"/> is missing. Integers beyond 2⁵³ and decimals are rounded to the nearest double.
    /// </remarks>
    /// <exception cref="DataFormatException">The rows are no such table; the message names the row, from 0, and the column.</exception>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public static ClassificationDataset FromDataReader(
        IDataReader reader, string target, ReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new DatabaseReader(reader, options ?? new ReadOptions(), cancellationToken)
            .ReadClassification(target, schema: null, classes: null);
    }

    /// <summary>
    /// Reads the rows of a data reader with the schema of other data or of a model: features are found by name, other columns are left
    /// out; a category has the code it has there, and one that is unknown there is missing.
    /// </summary>
    /// <param name="schema">The features to read.</param>
    /// <param name="classes">The classes; a label that is none of them is an error.</param>
    /// <inheritdoc cref="FromDataReader(IDataReader, string, ReadOptions, CancellationToken)"/>
    /// <param name="reader"/>
    /// <param name="target"/>
    /// <param name="options"/>
    /// <param name="cancellationToken"/>
    public static ClassificationDataset FromDataReader(
        IDataReader reader,
        string target,
        FeatureSchema schema,
        ClassLabels classes,
        ReadOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(classes);
        return new DatabaseReader(reader, options ?? new ReadOptions(), cancellationToken).ReadClassification(target, schema, classes);
    }
}
