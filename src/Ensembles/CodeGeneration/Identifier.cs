using System.Collections.Frozen;
using System.Globalization;

namespace Ensembles.CodeGeneration;

/// <summary>Names in C#.</summary>
internal static class Identifier
{
    private static readonly FrozenSet<string> Keywords = new[]
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal",
        "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for",
        "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null",
        "object", "operator", "out", "override", "params", "private", "protected", "public", "readonly", "record", "ref", "required",
        "return", "sbyte", "scoped", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this", "throw",
        "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "var", "virtual", "void", "volatile", "while",
        "file", "field", "dynamic", "extension",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A name as it can stand in code: with @ where it is a keyword.</summary>
    /// <exception cref="ArgumentException">It is no identifier.</exception>
    public static string Check(string? name, string property)
    {
        if (string.IsNullOrEmpty(name) || !IsStart(name[0]) || !name.All(IsPart))
        {
            throw new ArgumentException($"'{name}' is no C# identifier of letters, digits and underscores.", property);
        }

        return Keywords.Contains(name) ? "@" + name : name;
    }

    private static bool IsStart(char c) => c == '_' || char.IsLetter(c);

    private static bool IsPart(char c) =>
        IsStart(c) || char.IsDigit(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
