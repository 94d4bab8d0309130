using System.Globalization;
using Ensembles.Trees;

namespace Ensembles.CodeGeneration;

/// <summary>The sets of categories that nodes ask for, all in one table of bits; equal sets are kept once.</summary>
internal sealed class CategoryTable
{
    private readonly List<string> _words = [];
    private readonly Dictionary<CategorySet, int> _firstWord = [];

    /// <summary>Whether there are no sets.</summary>
    public bool IsEmpty => _firstWord.Count == 0;

    /// <summary>The first word of a set.</summary>
    public int Place(CategorySet set)
    {
        if (_firstWord.TryGetValue(set, out int first))
        {
            return first;
        }

        first = _words.Count;
        var words = new ulong[(set.CategoryCount + 63) / 64];
        foreach (int code in set)
        {
            words[code >> 6] |= 1UL << (code & 63);
        }

        _words.AddRange(words.Select(word => string.Create(CultureInfo.InvariantCulture, $"0x{word:X}ul")));
        _firstWord.Add(set, first);
        return first;
    }

    /// <summary>Writes the table and the method that asks it.</summary>
    public void Write(CodeWriter code)
    {
        code.Lines();
        code.Constants("ulong", "CategorySets", _words);
        code.Lines(
            """
            // Whether the category of a cell is in a set; a cell that is missing or has no category of the feature goes the default way.
            private static bool IsIn(double cell, int categories, int set, bool otherwise)
            {
                if (!(cell >= 0 && cell < categories))
                {
                    return otherwise;
                }

                int code = (int)cell;
                return code == cell ? ((CategorySets[set + (code >> 6)] >> (code & 63)) & 1) != 0 : otherwise;
            }
            """);
    }
}
