namespace Ensembles.Benchmarks;

/// <summary>The value that a parameter has in the one cell of its class that a quick run measures.</summary>
/// <param name="value">One of the values of the parameter.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class QuickAttribute(object value) : Attribute
{
    public object Value { get; } = value;
}
