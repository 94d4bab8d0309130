namespace Ensembles.Losses;

/// <summary>
/// A loss of second-order boosting: its gradient g = ∂ℓ/∂F and hessian h = ∂²ℓ/∂F² at the scores F of the rows. It holds the targets
/// and weights of the rows. Scores, gradients and hessians are arrays by output.
/// </summary>
internal interface INewtonLoss : ILoss
{
    /// <summary>Writes the gradients and hessians of consecutive rows.</summary>
    /// <param name="scores">By output, then by row.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="gradients">By output, then by row.</param>
    /// <param name="hessians">By output, then by row; never negative.</param>
    void Differentiate(double[][] scores, int firstRow, int count, float[][] gradients, float[][] hessians);
}
