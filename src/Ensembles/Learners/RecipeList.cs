using System.Collections;

namespace Ensembles.Learners;

/// <summary>A list in a recipe: never changed, compared by its items, and written out by them.</summary>
/// <typeparam name="T">The items.</typeparam>
/// <param name="items">The items, copied.</param>
internal sealed class RecipeList<T>(IEnumerable<T> items) : IReadOnlyList<T>, IEquatable<RecipeList<T>>
{
    private readonly T[] _items = [.. items];

    public int Count => _items.Length;

    public T this[int index] => _items[index];

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    public bool Equals(RecipeList<T>? other) => other is not null && _items.SequenceEqual(other._items);

    public override bool Equals(object? obj) => Equals(obj as RecipeList<T>);

    public override int GetHashCode() => _items.Length == 0 ? 0 : HashCode.Combine(_items.Length, _items[0], _items[^1]);

    public override string ToString() => $"[{string.Join(", ", _items)}]";
}
