using Ensembles.Peers;
using Ensembles.Peers.ForestQuality;

const string Usage = """
    Measures forests, ours and those of other libraries, and writes the tables of docs/forest-quality.md.

      forest-quality    test and out-of-bag error beside scikit-learn's (python3) and ranger's (Rscript), on the same splits
      forest-defaults   test error by MaxFeatures and by TreeCount, on the classification sets
      split-method      time and test error of exact and histogram splits, by the number of rows
      report            only the tables, from benchmarks/results

    Options:
      --data DIR        a folder with letter-recognition.csv.gz and other sets; without it these are named as not run
      --sets A,B        only these sets; the results of the others stay as they are
      --seeds N         this many seeds for every set, instead of each set's own number
      --threads N       threads of each fit (default 1)
      --peers run|kept  kept: only our forests are grown, the results of other libraries stay (default run)
    """;

if (args.Length == 0 || !RunOptions.TryParse(args.AsSpan(1), out RunOptions options))
{
    Console.Error.WriteLine(Usage);
    return 1;
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
        return 1;
}

Report.Write(repository);
return 0;
