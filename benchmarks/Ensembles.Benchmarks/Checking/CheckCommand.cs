namespace Ensembles.Benchmarks.Checking;

/// <summary><c>check</c>: the core set of ratios against their bounds.</summary>
internal static class CheckCommand
{
    private const string Usage = """
        check [--short] [--slow NAME]
          --short      smaller tables, for a machine that is busy with something else
          --slow NAME  has one kernel do its work the plain way as well, to see that its check breaks:
                       histogram, partition, "split search", "logistic function", binning or sorting
        """;

    /// <returns>0 where every bound holds, 1 where one is broken, 2 where the arguments are wrong.</returns>
    public static int Run(ReadOnlySpan<string> arguments, TextWriter output, TextWriter errors)
    {
        bool isShort = false;
        string? slow = null;
        for (int i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--short":
                    isShort = true;
                    break;
                case "--slow" when i + 1 < arguments.Length:
                    slow = arguments[++i];
                    break;
                case "--slow":
                    errors.WriteLine("--slow needs the name of a kernel.");
                    errors.WriteLine(Usage);
                    return 2;
                default:
                    errors.WriteLine($"check does not know '{arguments[i]}'.");
                    errors.WriteLine(Usage);
                    return 2;
            }
        }

        var kernels = new KernelChecks();
        if (slow is not null && !kernels.All().Any(check => string.Equals(check.Name, slow, StringComparison.Ordinal)))
        {
            errors.WriteLine($"There is no kernel '{slow}'. The kernels: {string.Join(", ", kernels.All().Select(check => check.Name))}.");
            return 2;
        }

        bool holds = new CheckRunner(new ProcessorClock(), TimeProvider.System, output)
            .Run(kernels.All(slow).Concat(new LearnerChecks(isShort).All()));
        output.WriteLine();
        output.WriteLine(holds ? "Every bound holds." : "A bound is broken.");
        return holds ? 0 : 1;
    }
}
