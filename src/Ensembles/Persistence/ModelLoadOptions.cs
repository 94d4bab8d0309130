namespace Ensembles.Persistence;

/// <summary>How a model file is read.</summary>
public sealed record ModelLoadOptions
{
    private readonly long _maxLength = 1L << 32;

    /// <summary>What is used where no options are given.</summary>
    public static ModelLoadOptions Default { get; } = new();

    /// <summary>
    /// The most bytes of text that are read, after unpacking, at least 1 (default 4 GiB). A longer file is refused, so that a small file of
    /// a stranger cannot unpack to one that fills the memory; the model takes a small multiple of the text's length.
    /// </summary>
    public long MaxLength
    {
        get => _maxLength;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxLength));
            _maxLength = value;
        }
    }
}
