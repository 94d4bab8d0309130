using Ensembles.Peers;
using Ensembles.Peers.ForestQuality;
using Ensembles.Peers.GbmPerf;
using Ensembles.Peers.Growth;
using Ensembles.Peers.Measuring;
using Ensembles.Peers.Performance;
using Ensembles.Peers.Quality;

const int Failed = 1;
const int WrongUsage = 2;

const string Usage = """
    Measures our learners beside those of other libraries and writes the tables of docs/quality.md, docs/forest-quality.md and
    docs/performance.md.

    Quality, docs/quality.md:
      quality           test errors of all learners beside scikit-learn's and XGBoost's (python3), on the same rows

    Options of it:
      --data DIR        a folder of CSV files, with a manifest quality.tsv or with the files of benchmarks/peers/quality/sets.tsv
      --sets A,B        only these sets
      --learners A,B    only these: decision-tree, bagging, random-forest, extra-trees, adaboost, gradient-boosting, newton-boosting,
                        "newton-boosting (hist)"
      --seeds N         this many seeds (default 5)
      --peers A,B       only these libraries beside ours (scikit-learn, XGBoost); "none" for ours alone
      --cells missing   train only what the table does not have yet (default all)
      --threads N       this many fits at a time, each of one thread (default all cores)
      --results DIR     write the results there and show the tables instead of making the document
      --python PATH     the python to use

    Quality of forests, docs/forest-quality.md:
      forest-quality    test and out-of-bag error beside scikit-learn's (python3) and ranger's (Rscript), on the same splits
      forest-defaults   test error by MaxFeatures and by TreeCount, on the classification sets
      split-method      time and test error of exact and histogram splits, by the number of rows

    Options of these:
      --data DIR        a folder with letter-recognition.csv.gz and other sets; without it these are named as not run
      --sets A,B        only these sets; the results of the others stay as they are
      --seeds N         this many seeds for every set, instead of each set's own number
      --threads N       threads of each fit (default 1)
      --peers run|kept  kept: only our forests are grown, the results of other libraries stay (default run)

    Speed, docs/performance.md:
      training          boosted trees beside XGBoost's, scikit-learn's and LightGBM's (python3)
      training-growth   time and memory of our boosted trees by rows, features, trees, bins, leaves and threads
      training-kernels  the inner loops of boosting, per unit of work
      prediction        prediction beside XGBoost's C interface on the same trees, and scikit-learn's (python3)
      shap              exact SHAP values beside XGBoost's C interface on the same trees
      forest-speed      forests and trees beside scikit-learn's (python3) and ranger's (Rscript)
      boosting-speed    AdaBoost and gradient boosting beside scikit-learn's (python3)
      gbm-perf          the recipe of GBM-perf on any CSV or on generated flights, beside XGBoost's C interface

    Options of these, except of gbm-perf:
      --rows N,M          these numbers of training rows
      --sets A,B          only these sets (training: generated, few-values, digits, mnist-10k)
      --settings A,B      only these settings (training: depth-6 ...; forest-speed: forest-two-classes, tree-gini ...;
                          boosting-speed: adaboost, gradient-boosting; training-growth: rows, features, trees, ...)
      --threads N,M       these numbers of threads
      --repeats N         this many seeds, each with other rows
      --peers A,B         only these libraries beside ours; "none" for ours alone
      --cells missing     measure only what the table does not have yet (default all)
      --quality           forest-speed, boosting-speed: ten seeds for the test error, what is missing only, times not kept
      --short             training-growth: at most a million rows, every size once
      --data DIR          a folder with mnist-10k.csv.gz
      --results DIR       write the results there and leave the document alone
      --python PATH       the python to use

    Options of gbm-perf:
      --train F --test F --target NAME   CSV files of two classes: what is measured is shown and not kept
      --generate N,M      generated flights instead, these numbers of training rows
      --write DIR         writes what is generated as CSV, and measures nothing
      --categories both   ours with a column for each category too, as XGBoost has them (default native)
      --threads N         threads of each fit (default all cores)
      --repeats N         fits of each tool in turn, of which the median counts (default 3)
      --peers XGBoost|none
      --results DIR       write the results there and leave the document alone

    report              makes all tables and charts again, from benchmarks/results

    Ends with 1 where a measurement fails, and with 2 where it is asked for something that it does not know.
    """;

if (args is ["help" or "--help" or "-h"])
{
    Console.WriteLine(Usage);
    return 0;
}

if (args.Length == 0)
{
    return Wrong("What shall be measured?");
}

try
{
    return Run(args[0], args[1..]);
}
catch (Exception failure) when (failure
    is InvalidOperationException or IOException or InvalidDataException or FormatException or ArgumentException)
{
    Console.Error.WriteLine(failure.Message);
    return Failed;
}

static int Wrong(string problem)
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine();
    Console.Error.WriteLine(Usage);
    return WrongUsage;
}

static int Run(string name, string[] rest)
{
    if (name == GrowthFit.Command)
    {
        return GrowthFit.Run(rest) ? 0 : WrongUsage;
    }

    if (name == "gbm-perf")
    {
        return RunGbmPerf(rest);
    }

    return MeasureCommand.All.FirstOrDefault(command => command.Name == name) is { } measurement
        ? RunMeasurement(measurement, rest)
        : RunForests(name, rest);
}

static int RunGbmPerf(string[] rest)
{
    if (GbmPerfOptions.TryParse(rest, out GbmPerfOptions options) is { } problem)
    {
        return Wrong(problem);
    }

    var repository = Repository.Find();
    if (options.ResultFolder is { } folder)
    {
        Directory.CreateDirectory(folder);
    }

    GbmPerfRun.Run(repository, options);
    if (options.Generate.Count > 0 && options.WriteFolder is null && options.ResultFolder is null)
    {
        PerformancePage.Write(repository, resultFolder: null);
    }

    return 0;
}

static int RunMeasurement(MeasureCommand command, string[] rest)
{
    if (!MeasureOptions.TryParse(rest, out MeasureOptions options))
    {
        return Wrong($"{command.Name} does not know these options: {string.Join(' ', rest)}");
    }

    if (command.Problem(options) is { } problem)
    {
        return Wrong(problem);
    }

    var repository = Repository.Find();
    if (options.ResultFolder is { } folder)
    {
        Directory.CreateDirectory(folder);
    }

    command.Measure(repository, options);
    command.Write(repository, options.ResultFolder);
    return 0;
}

static int RunForests(string name, string[] rest)
{
    Action<Repository, RunOptions>? run = name switch
    {
        "forest-quality" => (repository, options) => new QualityRun(repository, options).Run(),
        "forest-defaults" => (repository, options) => new DefaultsRun(repository, options).Run(),
        "split-method" => (repository, options) => new SplitMethodRun(repository, options).Run(),
        _ => null,
    };
    if (run is null && name != "report")
    {
        return Wrong($"There is no command '{name}'.");
    }

    if (!RunOptions.TryParse(rest, out RunOptions options))
    {
        return Wrong($"{name} does not know these options: {string.Join(' ', rest)}");
    }

    var repository = Repository.Find();
    run?.Invoke(repository, options);
    Report.Write(repository);
    PerformancePage.Write(repository, resultFolder: null);
    QualityPage.Write(repository, resultFolder: null);
    return 0;
}
