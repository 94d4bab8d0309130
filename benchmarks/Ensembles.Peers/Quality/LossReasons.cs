namespace Ensembles.Peers.Quality;

/// <summary>
/// Why the other library is better, where that is known: a table by hand. A star stands for any learner, recipe, set or measure; the first
/// line that fits counts.
/// </summary>
internal sealed class LossReasons
{
    public const string FileName = "quality-reasons.tsv";

    private const string Any = "*";

    private readonly (string Learner, string Recipe, string Set, string Measure, string Reason)[] _reasons;

    private LossReasons((string Learner, string Recipe, string Set, string Measure, string Reason)[] reasons)
    {
        _reasons = reasons;
    }

    public static LossReasons Read(string path)
    {
        if (!File.Exists(path))
        {
            return new LossReasons([]);
        }

        TabTable table = TabTable.Read(path, "learner", "recipe", "set", "measure", "reason");
        return new LossReasons(
        [
            .. table.Rows.Select(row => (
                table.Text(row, "learner"),
                table.Text(row, "recipe"),
                table.Text(row, "set"),
                table.Text(row, "measure"),
                table.Text(row, "reason"))),
        ]);
    }

    public string? Of(Comparison loss) => _reasons
        .Where(reason => Fits(reason.Learner, loss.Learner.Name) && Fits(reason.Recipe, loss.Recipe))
        .Where(reason => Fits(reason.Set, loss.Set) && Fits(reason.Measure, loss.Measure.Name))
        .Select(reason => reason.Reason)
        .FirstOrDefault();

    private static bool Fits(string pattern, string name) => pattern == Any || pattern == name;
}
