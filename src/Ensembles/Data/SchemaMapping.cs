namespace Ensembles.Data;

/// <summary>
/// Reads a table through the schema of a model: columns are found by name, whatever their order, and categories by name,
/// whatever their codes. A category that the model does not know reads as missing.
/// </summary>
internal static class SchemaMapping
{
    /// <summary>The same rows under the schema of the model.</summary>
    /// <exception cref="ArgumentException">A column is missing or is of another kind; the message names it.</exception>
    public static FeatureTable Map(FeatureTable table, FeatureSchema schema)
    {
        ArgumentNullException.ThrowIfNull(table);
        return table.Schema.Equals(schema) ? table : MapColumns(table, schema);
    }

    private static FeatureTable MapColumns(FeatureTable table, FeatureSchema schema)
    {
        if (table.ColumnCount < schema.Count)
        {
            string[] absent = [.. schema.Where(f => table.Schema.IndexOf(f.Name) < 0).Select(f => $"'{f.Name}'")];
            throw new ArgumentException(
                $"The model reads {schema.Count} columns, but the table has {table.ColumnCount}; not found: {string.Join(", ", absent)}.",
                nameof(table));
        }

        var columns = new ColumnData[schema.Count];
        for (int c = 0; c < columns.Length; c++)
        {
            Feature wanted = schema[c];
            int source = table.Schema.IndexOf(wanted.Name);
            if (source < 0)
            {
                throw new ArgumentException($"The table has no column '{wanted.Name}', which the model reads.", nameof(table));
            }

            Feature given = table.Schema[source];
            if (given.Kind != wanted.Kind)
            {
                throw new ArgumentException(
                    $"Column '{wanted.Name}' is {given.Kind} in the table, but {wanted.Kind} in the model.", nameof(table));
            }

            columns[c] = given.Equals(wanted) || !wanted.IsCategorical
                ? table.ColumnData(source)
                : Recode((CategoryColumn)table.ColumnData(source), given, wanted);
        }

        return table.WithColumns(schema, columns);
    }

    private static CategoryColumn Recode(CategoryColumn column, Feature given, Feature wanted)
    {
        int[] codeOf = [.. given.Categories.Select(wanted.CodeOf)];
        return new CategoryColumn(Array.ConvertAll(column.Codes, code => code < 0 ? -1 : codeOf[code]));
    }
}
