using System.Security.Cryptography;
using System.Text;

namespace Ensembles.Tests.Docs;

/// <summary>
/// The pictures of the pages: what the code of a page saves as a specification or a tree lies in docs/charts, where a script draws it, so
/// that a page shows what its code draws.
/// </summary>
internal static class PagePictures
{
    private const string Folder = "docs/charts";
    private static readonly string[] Kinds = [".vl.json", ".dot"];

    /// <summary>Compares what a page has saved with what the pictures were drawn from.</summary>
    /// <param name="folder">Where the page has run.</param>
    public static void Compare(DirectoryInfo folder)
    {
        foreach (FileInfo file in folder.EnumerateFiles().Where(file => KindOf(file.Name) is not null))
        {
            string text = File.ReadAllText(file.FullName);
            string path = $"{Folder}/{file.Name}";
            if (Repository.IsToBeUpdated)
            {
                Repository.Write(path, text);
                continue;
            }

            (File.Exists(Path.Combine(Repository.Root, path)) ? Repository.Read(path) : string.Empty)
                .Should().Be(text, "{0} is what the code of the page saves ({1})", path, Repository.HowToUpdate);
            string picture = $"{Folder}/{file.Name[..^KindOf(file.Name)!.Length]}.svg";
            Repository.Read(picture).Should().Contain(Mark(text), "{0} draws {1}: run `node {2}/render.mjs`", picture, file.Name, Folder);
        }
    }

    private static string? KindOf(string name) => Array.Find(Kinds, kind => name.EndsWith(kind, StringComparison.Ordinal));

    // As the script writes it.
    private static string Mark(string text) =>
        $"<!-- {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8))} -->";
}
