using System.Text;

namespace Ensembles.Data;

/// <summary>How a file of comma-separated values (RFC 4180) is read.</summary>
/// <remarks>
/// <para>Lines end in CRLF, LF or CR; empty lines are skipped. There are no comments. Numbers are read with the invariant culture,
/// whatever the culture of the thread: <c>.</c> is the decimal point, there are no thousands separators; <c>inf</c> and
/// <c>Infinity</c> are numbers, <c>NaN</c> is a missing one.</para>
/// <para>A column is numeric if every present cell is a number, otherwise it is categorical, its categories in ordinal order.
/// Numbers keep the precision of a double; a column whose values are all floats is stored in four bytes a cell.</para>
/// <para>Text compressed with gzip is recognised by its first bytes, a byte order mark is honoured.</para>
/// </remarks>
public sealed record CsvOptions : ReadOptions
{
    /// <summary>Whether the first line holds the names of the columns (default true).</summary>
    /// <remarks>Without a header, and where a header has no name for a column, the columns are x0, x1, x2 … by their place.</remarks>
    public bool HasHeader { get; init; } = true;

    /// <summary>The names of all columns of the file, in place of the header's; null (the default) for the header's.</summary>
    public IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>What parts the fields of a line (default a comma).</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>
    /// What encloses a field that holds delimiters, line breaks or quotes, the quotes doubled (default "). Null: nothing does, a quote
    /// is a character like another.
    /// </summary>
    public char? Quote { get; init; } = '"';

    /// <summary>
    /// Whether spaces and tabs around a field are no part of it (default true); those inside quotes always are. RFC 4180 counts all of
    /// them as part of the field, as false does.
    /// </summary>
    public bool TrimSpaces { get; init; } = true;

    /// <summary>
    /// The fields that stand for a missing cell, quoted or not (ordinal comparison); by default the empty field, <c>NA</c>, <c>N/A</c>,
    /// <c>NaN</c>, <c>nan</c>, <c>NULL</c>, <c>null</c> and <c>?</c>.
    /// </summary>
    public IReadOnlyCollection<string> MissingMarkers { get; init; } = ["", "NA", "N/A", "NaN", "nan", "NULL", "null", "?"];

    /// <summary>
    /// The encoding of a file or stream that has no byte order mark (default UTF-8, and bytes that are not UTF-8 are an error). Text from
    /// a <see cref="TextReader"/> is decoded already.
    /// </summary>
    public Encoding Encoding { get; init; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
