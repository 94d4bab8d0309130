using System.Globalization;
using Ensembles.Data;
using Ensembles.Numerics;

namespace Ensembles.Peers.GbmPerf;

/// <summary>
/// Flights like those of the airline set of GBM-perf: the same columns, six of them categories, and whether a flight leaves more than a
/// quarter of an hour late. Airports and carriers are of very different size; delays build up through the day, and depend on the season,
/// the carrier, the airports and their pairs with the hour. Row i is a function of the seed and i alone.
/// </summary>
internal static class AirlineLike
{
    public const string Name = "airline-like";
    public const string Target = "dep_delayed_15min";
    public const int TestRows = 100_000;

    private const int Airports = 290;
    private const int Carriers = 22;

    // Test rows come from far behind, so they are the same for every number of training rows.
    private const int FirstTestRow = 1 << 30;

    private static readonly ClassLabels Classes = new(["N", "Y"]);
    private static readonly string[] AirportNames = [.. Enumerable.Range(0, Airports).Select(AirportName)];
    private static readonly string[] CarrierNames = [.. Enumerable.Range(0, Carriers).Select(k => AirportName(k * 31)[..2])];

    public static ClassificationDataset Train(int rows) => Make(0, rows);

    public static ClassificationDataset Test() => Make(FirstTestRow, TestRows);

    /// <summary>Writes rows as the files of the airline set are.</summary>
    public static void WriteCsv(ClassificationDataset data, string path)
    {
        using var file = new StreamWriter(path);
        FeatureTable table = data.Features;
        file.WriteLine(string.Join(',', table.Schema.Select(feature => feature.Name).Append(Target)));
        for (int r = 0; r < table.RowCount; r++)
        {
            int row = r;
            file.WriteLine(string.Join(',', table.Schema
                .Select((feature, c) => feature.IsCategorical
                    ? feature.Categories[(int)table[row, c]]
                    : table[row, c].ToString(CultureInfo.InvariantCulture))
                .Append(data.Classes[data.Labels[row]])));
        }
    }

    private static ClassificationDataset Make(int first, int count)
    {
        var months = new int[count];
        var days = new int[count];
        var weekdays = new int[count];
        var times = new float[count];
        var carriers = new int[count];
        var origins = new int[count];
        var destinations = new int[count];
        var distances = new float[count];
        var labels = new int[count];
        for (int r = 0; r < count; r++)
        {
            var random = new RandomStream(KeyedRandom.Mix(1, (ulong)(first + r)));
            months[r] = random.NextInt(12);
            days[r] = random.NextInt(31);
            weekdays[r] = random.NextInt(7);
            double hour = 5 + (18.5 * (random.NextDouble() + random.NextDouble()) / 2) + random.NextDouble();
            times[r] = ((int)hour * 100) + (int)(60 * (hour - (int)hour));
            carriers[r] = Skewed(ref random, Carriers);
            origins[r] = Skewed(ref random, Airports);
            destinations[r] = Skewed(ref random, Airports);
            distances[r] = (int)(100 + (2400 * Effect(2, origins[r], destinations[r])));
            double score = Score(hour, months[r], weekdays[r], carriers[r], origins[r], destinations[r]);
            labels[r] = DeterministicMath.Sigmoid(score) > random.NextDouble() ? 1 : 0;
        }

        FeatureTable table = new FeatureTableBuilder()
            .Categorical("Month", Numbered(12), months)
            .Categorical("DayofMonth", Numbered(31), days)
            .Categorical("DayOfWeek", Numbered(7), weekdays)
            .Numeric("DepTime", times)
            .Categorical("UniqueCarrier", CarrierNames, carriers)
            .Categorical("Origin", AirportNames, origins)
            .Categorical("Dest", AirportNames, destinations)
            .Numeric("Distance", distances)
            .Build();
        return ClassificationDataset.FromIndices(table, Classes, labels);
    }

    /// <summary>The log-odds of a delay: about a fifth of the flights.</summary>
    private static double Score(double hour, int month, int weekday, int carrier, int origin, int destination) =>
        -4.9
        + (0.2 * (hour - 5))
        + (0.8 * Effect(3, month, 0))
        + (0.5 * Effect(4, weekday, 0))
        + (1.5 * (Effect(5, carrier, 0) - 0.5))
        + (2.0 * (Effect(6, origin, 0) - 0.5))
        + (1.0 * (Effect(7, destination, 0) - 0.5))
        + (1.5 * (Effect(8, origin, (int)hour / 4) - 0.5))
        + (1.2 * (Effect(9, carrier, month / 3) - 0.5));

    // What belongs to a pair, between 0 and 1, the same in every row.
    private static double Effect(ulong what, int a, int b) =>
        KeyedRandom.ToUnitDouble(KeyedRandom.Mix(what, ((ulong)a << 16) + (ulong)b));

    // A tenth of the names has almost half of the rows.
    private static int Skewed(ref RandomStream random, int count)
    {
        double u = random.NextDouble();
        return (int)(count * u * u * u);
    }

    private static IEnumerable<string> Numbered(int count) =>
        Enumerable.Range(1, count).Select(k => "c-" + k.ToString(CultureInfo.InvariantCulture));

    // Three letters, all different: 7 and 26 have no common divisor.
    private static string AirportName(int k) =>
        string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + (k % 26))}{(char)('A' + (k / 26 % 26))}{(char)('A' + (7 * k % 26))}");
}
