using System.Buffers.Binary;
using System.Security.Cryptography;
using Ensembles.Data;

namespace Ensembles.Tests.Datasets;

/// <summary>
/// The start of the SHA-256 of all cells, column by column, as little-endian doubles; missing cells are eight bytes 0xFF. The same
/// as make_data.py prints.
/// </summary>
internal static class Fingerprint
{
    public static string Of(ClassificationDataset data, int targetColumn) =>
        Of(data.Features, [.. data.Labels.ToArray().Select(label => (double)label)], targetColumn);

    public static string Of(RegressionDataset data, int targetColumn) => Of(data.Features, data.Targets.ToArray(), targetColumn);

    private static string Of(FeatureTable features, double[] target, int targetColumn)
    {
        List<double[]> columns = [.. Enumerable.Range(0, features.ColumnCount).Select(features.Column)];
        columns.Insert(targetColumn, target);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = new byte[8 * features.RowCount];
        foreach (double[] column in columns)
        {
            for (int r = 0; r < column.Length; r++)
            {
                long bits = double.IsNaN(column[r]) ? -1 : BitConverter.DoubleToInt64Bits(column[r]);
                BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8 * r), bits);
            }

            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
