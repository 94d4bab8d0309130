using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Numerics;
using Ensembles.Persistence;
using Ensembles.Tests.Contracts;

namespace Ensembles.Tests.Persistence;

/// <summary>
/// Damages model files of every kind, again and again in new ways, and loads them: each gives an <see cref="InvalidDataException"/>, or a
/// model that predicts. A mutation follows from its number, so what fails can be looked at again.
/// </summary>
internal static class ModelFileMutations
{
    // What loading may allocate: so many bytes for each byte of the file, and a little for a file of any length.
    private const long AllocationFactor = 64;
    private const long AllocationBase = 4L << 20;

    private static readonly string[] Replacements =
        ["null", "true", "0", "-1", "1", "2147483647", "1e308", "-1e999", "0.5", "\"NaN\"", "\"Infinity\"", "\"\"", "\"0101\"", "[]", "{}", "[0]"];

    /// <summary>A small model of every kind as a file.</summary>
    public static IReadOnlyList<(string Name, byte[] File)> Files()
    {
        ContractData data = ContractData.Mixed(40);
        return
        [
            .. LearnerCase.All.Select(learner =>
            {
                using var stream = new MemoryStream();
                learner.Fit(data).Model.Save(stream);
                return (learner.Name, stream.ToArray());
            }),
        ];
    }

    /// <summary>Loads mutations of the files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="first">The number of the first mutation.</param>
    /// <param name="count">How many.</param>
    /// <returns>How many still loaded, and what went wrong.</returns>
    public static (int Loaded, List<string> Failures) Run(IReadOnlyList<(string Name, byte[] File)> files, int first, int count)
    {
        var failures = new List<string>();
        List<(int Start, int End)>[] values = [.. files.Select(file => ValuesOf(file.File))];
        int loaded = 0;
        for (int number = first; number < first + count; number++)
        {
            int index = number % files.Count;
            var random = new RandomStream((ulong)number);
            byte[] mutant = Mutate(files[index].File, values[index], ref random);
            string? failure = TryLoad(mutant, ref random, ref loaded);
            if (failure is not null)
            {
                failures.Add(string.Create(CultureInfo.InvariantCulture, $"mutation {number} of {files[index].Name}: {failure}"));
            }
        }

        return (loaded, failures);
    }

    /// <summary>The bytes of a mutation, to be looked at.</summary>
    public static byte[] Mutant(IReadOnlyList<(string Name, byte[] File)> files, int number)
    {
        byte[] file = files[number % files.Count].File;
        var random = new RandomStream((ulong)number);
        return Mutate(file, ValuesOf(file), ref random);
    }

    private static string? TryLoad(byte[] mutant, ref RandomStream random, ref int loaded)
    {
        Model model;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            model = Model.Load(new MemoryStream(mutant), new ModelLoadOptions { MaxLength = 1 << 20 });
        }
        catch (InvalidDataException e)
        {
            return e.Message.Contains("byte ", StringComparison.Ordinal) ? null : $"no place: {e.Message}";
        }
        catch (Exception e)
        {
            return e.ToString();
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > AllocationBase + (AllocationFactor * mutant.Length))
        {
            return string.Create(CultureInfo.InvariantCulture, $"loading {mutant.Length} bytes allocated {allocated}");
        }

        loaded++;
        try
        {
            Fitted.Of(model).Predict(Rows(model.Schema, ref random));
            model.Save(Stream.Null);
            return null;
        }
        catch (Exception e)
        {
            return "it loaded, but: " + e;
        }
    }

    private static double[] Rows(FeatureSchema schema, ref RandomStream random)
    {
        var cells = new double[20 * schema.Count];
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = random.NextInt(8) switch
            {
                0 => double.NaN,
                1 => double.PositiveInfinity,
                2 => -1,
                _ => random.NextInt(40) / 4.0,
            };
        }

        return cells;
    }

    private static byte[] Mutate(byte[] file, List<(int Start, int End)> values, ref RandomStream random)
    {
        byte[] mutant = Damage(file, values, ref random);
        if (random.NextInt(16) > 0)
        {
            return mutant;
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(random.NextInt(2) == 0 ? file : mutant);
        }

        byte[] bytes = packed.ToArray();
        return random.NextInt(2) == 0 ? bytes[..random.NextInt(bytes.Length)] : Flip(bytes, ref random);
    }

    private static byte[] Damage(byte[] file, List<(int Start, int End)> values, ref RandomStream random)
    {
        (int start, int end) = values[random.NextInt(values.Count)];
        (int otherStart, int otherEnd) = values[random.NextInt(values.Count)];
        byte[] other = file[otherStart..otherEnd];
        switch (random.NextInt(9))
        {
            case 0:
                return Flip(file, ref random);
            case 1:
                return file[..random.NextInt(file.Length)];
            case 2:
                // A value less, with the comma before or behind it.
                return [.. file[..start], .. file[(file[end] == (byte)',' ? end + 1 : end)..]];
            case 3:
                return [.. file[..end], .. ","u8, .. file[start..]];
            case 4:
                return [.. file[..start], .. other, .. file[end..]];
            case 5:
                return [.. file, .. other];
            case 6:
                return [.. file[..start], .. Number(file[start..end], ref random), .. file[end..]];
            case 7:
                byte[] cut = file[..];
                int from = random.NextInt(file.Length);
                return [.. cut[..from], .. cut[Math.Min(file.Length, from + 1 + random.NextInt(64))..]];
            default:
                return [.. file[..start], .. Encoding.UTF8.GetBytes(Replacements[random.NextInt(Replacements.Length)]), .. file[end..]];
        }
    }

    /// <summary>Another number in the place of one: near it, or far off.</summary>
    private static byte[] Number(byte[] value, ref RandomStream random)
    {
        if (!int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number))
        {
            return value;
        }

        int changed = random.NextInt(3) switch
        {
            0 => number + 1,
            1 => number - 1,
            _ => random.NextInt(1000),
        };
        return Encoding.UTF8.GetBytes(changed.ToString(CultureInfo.InvariantCulture));
    }

    private static byte[] Flip(byte[] file, ref RandomStream random)
    {
        byte[] flipped = [.. file];
        for (int flips = 1 + random.NextInt(3); flips > 0; flips--)
        {
            flipped[random.NextInt(flipped.Length)] ^= (byte)(1 << random.NextInt(8));
        }

        return flipped;
    }

    /// <summary>Where the values of a JSON text start and end: those of properties from their names on.</summary>
    private static List<(int Start, int End)> ValuesOf(byte[] file)
    {
        var values = new List<(int, int)>();
        var open = new Stack<int>();
        var reader = new Utf8JsonReader(file);
        int property = -1;
        while (reader.Read())
        {
            int start = (int)reader.TokenStartIndex;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    property = start;
                    continue;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open.Push(start);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    values.Add((open.Pop(), (int)reader.BytesConsumed));
                    break;
                default:
                    values.Add((start, (int)reader.BytesConsumed));
                    if (property >= 0)
                    {
                        values.Add((property, (int)reader.BytesConsumed));
                    }

                    break;
            }

            property = -1;
        }

        // The whole text has nothing behind it.
        values.RemoveAll(value => value.Item2 >= file.Length - 1);
        return values;
    }
}
