namespace Ensembles.Losses;

/// <summary>
/// A loss of gradient boosting (Friedman 2001): trees are fitted to its negative gradients, the residuals, and the values of their leaves
/// are found by a line search over the rows of the leaf. Residuals and losses are those of a row of weight 1.
/// </summary>
internal interface IGradientLoss : ILoss
{
    /// <summary>Takes up what a round derives from the scores of all rows.</summary>
    /// <param name="scores">By output, then by row.</param>
    void BeginRound(double[][] scores)
    {
    }

    /// <summary>Writes the residuals ỹ = −∂ℓ/∂F of consecutive rows.</summary>
    /// <param name="scores">By output, then by row.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="residuals">By output, then by row.</param>
    void WriteResiduals(double[][] scores, int firstRow, int count, double[][] residuals);

    /// <summary>Writes the losses of consecutive rows.</summary>
    /// <param name="scores">By output, then by row.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="losses">By row.</param>
    void WriteLosses(double[][] scores, int firstRow, int count, double[] losses);

    /// <summary>
    /// What a leaf adds to the scores of its rows, before shrinkage: γ = argmin Σ w·ℓ(y, F + γ), or one Newton step towards it.
    /// </summary>
    /// <param name="rows">The rows of the leaf, at least one.</param>
    /// <param name="output">The output that the tree is for.</param>
    /// <param name="scores">By output, then by row: as they were when the residuals were written.</param>
    /// <param name="residuals">By output, then by row.</param>
    double LeafValue(ReadOnlySpan<int> rows, int output, double[][] scores, double[][] residuals);
}
