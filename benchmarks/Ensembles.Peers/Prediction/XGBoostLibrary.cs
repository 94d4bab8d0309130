using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ensembles.Peers.Prediction;

/// <summary>What is needed of XGBoost's C interface, from the library of Debian's libxgboost or python3-xgboost.</summary>
internal static unsafe partial class XGBoostLibrary
{
    private const string Name = "xgboost";

    private static readonly string[] Places =
    [
        "libxgboost.so.0", "libxgboost.so", "/usr/lib/python3/dist-packages/xgboost/lib/libxgboost.so",
    ];

    /// <summary>Finds the library; false where it is not installed.</summary>
    public static bool TryLoad()
    {
        foreach (string place in Places)
        {
            if (NativeLibrary.TryLoad(place, out nint handle))
            {
                NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => name == Name ? handle : 0);
                return true;
            }
        }

        return false;
    }

    /// <summary>The version, as 1.7.4.</summary>
    public static string Version()
    {
        XGBoostVersion(out int major, out int minor, out int patch);
        return string.Create(CultureInfo.InvariantCulture, $"{major}.{minor}.{patch}");
    }

    /// <summary>Throws what the library says of its last failure.</summary>
    public static void Check(int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException(Marshal.PtrToStringUTF8(XGBGetLastError()));
        }
    }

    [LibraryImport(Name)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int XGDMatrixCreateFromMat(float* data, ulong rows, ulong columns, float missing, out nint matrix);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int XGDMatrixSetFloatInfo(nint matrix, string field, float* values, ulong count);

    [LibraryImport(Name)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int XGDMatrixCreateFromCSREx(
        ulong* starts, uint* columns, float* values, ulong startCount, ulong valueCount, ulong columnCount, out nint matrix);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int XGDMatrixSetStrFeatureInfo(nint matrix, string field, nint* values, ulong count);

    [LibraryImport(Name)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int XGDMatrixFree(nint matrix);

    [LibraryImport(Name)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int XGBoosterCreate(nint* matrices, ulong count, out nint booster);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int XGBoosterSetParam(nint booster, string name, string value);

    [LibraryImport(Name)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int XGBoosterUpdateOneIter(nint booster, int iteration, nint matrix);

    [LibraryImport(Name)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int XGBoosterFree(nint booster);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int XGBoosterDumpModelEx(
        nint booster, string featureMap, int statistics, string format, out ulong count, out byte** trees);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int XGBoosterPredictFromDense(
        nint booster, string values, string configuration, nint matrix, out ulong* shape, out ulong dimensions, out float* result);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    public static partial int XGBoosterPredictFromDMatrix(
        nint booster, nint matrix, string configuration, out ulong* shape, out ulong dimensions, out float* result);

    [LibraryImport(Name)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial void XGBoostVersion(out int major, out int minor, out int patch);

    [LibraryImport(Name)]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial nint XGBGetLastError();
}
