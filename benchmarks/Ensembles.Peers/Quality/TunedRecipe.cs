namespace Ensembles.Peers.Quality;

/// <summary>The same hyper-parameters by the names of both sides, as name=value with spaces between.</summary>
/// <param name="Ours">By the names of our catalogue of learners.</param>
/// <param name="Theirs">By the names of the other library; those of the members of an ensemble begin with "tree.".</param>
internal sealed record TunedRecipe(string Ours, string Theirs)
{
    public IEnumerable<(string Name, string Value)> OurSettings => Settings(Ours);

    public IEnumerable<(string Name, string Value)> TheirSettings => Settings(Theirs);

    private static IEnumerable<(string Name, string Value)> Settings(string text) =>
        text.Split(' ').Select(setting => setting.Split('=')).Select(parts => (parts[0], parts[1]));
}
