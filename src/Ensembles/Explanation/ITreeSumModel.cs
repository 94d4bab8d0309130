namespace Ensembles.Explanation;

/// <summary>A model that may be a sum of trees.</summary>
internal interface ITreeSumModel
{
    /// <summary>What the model adds up.</summary>
    /// <exception cref="InvalidOperationException">It is no sum of trees; the message says why.</exception>
    TreeSum ToTreeSum();
}
