using Ensembles.Peers;
using Ensembles.Peers.Boosting;
using Ensembles.Peers.Explanation;
using Ensembles.Peers.ForestQuality;
using Ensembles.Peers.Forests;
using Ensembles.Peers.Growth;
using Ensembles.Peers.Kernels;
using Ensembles.Peers.Measuring;
using Ensembles.Peers.Performance;
using Ensembles.Peers.Prediction;
using Ensembles.Peers.Quality;
using Ensembles.Peers.Training;

// As other tools: 1 is for a measurement that fails.
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

    Options of these:
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

      report            only the tables, from benchmarks/results
    """;

if (args.Length > 0 && args[0] == GrowthFit.Command)
{
    return GrowthFit.Run(args.AsSpan(1)) ? 0 : WrongUsage;
}

if (args.Length > 0 && args[0] == "prediction")
{
    if (!MeasureOptions.TryParse(args.AsSpan(1), out MeasureOptions asked))
    {
        Console.Error.WriteLine(Usage);
        return WrongUsage;
    }

    PredictionRun.Run(Repository.Find(), asked);
    return 0;
}

if (args.Length > 0 && args[0] == "quality")
{
    if (!MeasureOptions.TryParse(args.AsSpan(1), out MeasureOptions compared))
    {
        Console.Error.WriteLine(Usage);
        return 1;
    }

    var place = Repository.Find();
    QualityComparison.Run(place, compared);
    QualityPage.Write(place, compared.ResultFolder);
    return 0;
}

if (args.Length > 0 && args[0] is "training" or "training-growth" or "training-kernels" or "forest-speed" or "boosting-speed" or "shap")
{
    if (!MeasureOptions.TryParse(args.AsSpan(1), out MeasureOptions measure))
    {
        Console.Error.WriteLine(Usage);
        return WrongUsage;
    }

    var found = Repository.Find();
    Action<Repository, MeasureOptions> run = args[0] switch
    {
        "training" => TrainingRun.Run,
        "training-growth" => GrowthRun.Run,
        "training-kernels" => KernelRun.Run,
        "boosting-speed" => BoostingSpeedRun.Run,
        "shap" => ShapRun.Run,
        _ => ForestSpeedRun.Run,
    };
    run(found, measure);
    PerformancePage.Write(found, measure.ResultFolder);
    return 0;
}

if (args.Length == 0 || !RunOptions.TryParse(args.AsSpan(1), out RunOptions options))
{
    Console.Error.WriteLine(Usage);
    return WrongUsage;
}

var repository = Repository.Find();
switch (args[0])
{
    case "forest-quality":
        new QualityRun(repository, options).Run();
        break;
    case "forest-defaults":
        new DefaultsRun(repository, options).Run();
        break;
    case "split-method":
        new SplitMethodRun(repository, options).Run();
        break;
    case "report":
        break;
    default:
        Console.Error.WriteLine(Usage);
        return WrongUsage;
}

Report.Write(repository);
PerformancePage.Write(repository, resultFolder: null);
QualityPage.Write(repository, resultFolder: null);
return 0;
