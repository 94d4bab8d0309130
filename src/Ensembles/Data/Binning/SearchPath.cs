using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ensembles.Data.Binning;

/// <summary>The ways an <see cref="EdgeSearch{T}"/> can go; the bins are the same.</summary>
internal enum SearchPath
{
    /// <summary>Without vectors.</summary>
    Portable,

    /// <summary>With vectors of 256 bits; where there are none, with pairs of 128.</summary>
    Vector256,

    /// <summary>Floats with AVX-512, doubles as with <see cref="Vector256"/>.</summary>
    Vector512,
}

/// <summary>Which <see cref="SearchPath"/> a machine can and should go.</summary>
internal static class SearchPaths
{
    /// <summary>The fastest one here.</summary>
    public static SearchPath Fastest =>
        Avx512F.IsSupported ? SearchPath.Vector512 : Vector128.IsHardwareAccelerated ? SearchPath.Vector256 : SearchPath.Portable;
}
