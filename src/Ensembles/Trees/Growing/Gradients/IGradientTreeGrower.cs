namespace Ensembles.Trees.Growing.Gradients;

/// <summary>Grows trees on gradients, one after the other, and keeps the rows of the leaves of the tree grown last.</summary>
internal interface IGradientTreeGrower
{
    /// <summary>Grows a tree.</summary>
    /// <param name="gradients">One a row.</param>
    /// <param name="hessians">One a row, not negative.</param>
    /// <param name="inSample">By row whether the tree has it; empty for all.</param>
    /// <param name="treeKey">The source of random decisions.</param>
    /// <param name="cancellationToken">Ends the growth.</param>
    /// <returns>The tree, with the weights of its leaves as the objective has them: without shrinkage.</returns>
    /// <exception cref="ArgumentException">A gradient or hessian is not finite.</exception>
    (Tree Tree, TreeStatistics Statistics) Grow(
        float[] gradients, float[] hessians, bool[] inSample, ulong treeKey, CancellationToken cancellationToken);

    /// <summary>Adds to the score of each row of the tree grown last the value of its leaf.</summary>
    /// <param name="leafValues">One a leaf.</param>
    /// <param name="scores">One a row of the table.</param>
    void AddToScores(double[] leafValues, double[] scores);
}
