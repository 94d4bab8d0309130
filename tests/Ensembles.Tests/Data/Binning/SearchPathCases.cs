using System.Runtime.Intrinsics.X86;
using Ensembles.Data.Binning;

namespace Ensembles.Tests.Data.Binning;

/// <summary>The search paths that this machine can go.</summary>
internal static class SearchPathCases
{
    public static SearchPath[] Here =>
        Avx512F.IsSupported
            ? [SearchPath.Portable, SearchPath.Vector256, SearchPath.Vector512]
            : [SearchPath.Portable, SearchPath.Vector256];
}
