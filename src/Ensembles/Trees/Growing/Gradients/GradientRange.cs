namespace Ensembles.Trees.Growing.Gradients;

/// <summary>Gradients are 32-bit floats.</summary>
internal static class GradientRange
{
    /// <summary>What is thrown where a gradient or hessian is not finite.</summary>
    public static ArgumentException Left() =>
        new("Gradients left the range of 32-bit floats: the targets or the weights are too large.");
}
