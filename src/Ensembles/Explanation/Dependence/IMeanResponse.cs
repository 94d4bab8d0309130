namespace Ensembles.Explanation.Dependence;

/// <summary>What a model says on average where some features have given values.</summary>
internal interface IMeanResponse
{
    /// <summary>What the outputs are called.</summary>
    string[] OutputNames { get; }

    /// <summary>What is said.</summary>
    ExplainedScale Scale { get; }

    /// <summary>The mean where features have some values; may be asked by any number of threads.</summary>
    /// <param name="columns">The features.</param>
    /// <param name="values">One a feature.</param>
    /// <param name="means">One an output.</param>
    void At(ReadOnlySpan<int> columns, ReadOnlySpan<double> values, Span<double> means);
}
