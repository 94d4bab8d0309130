// Trains a pruned tree, a bagged ensemble, AdaBoost, gradient and Newton boosting and a random forest on one data set and reports what they
// are worth on rows that they have not seen. `--data file.csv --target column` takes your own data in place of the bundled telephone
// contracts.
using System.Text;
using Ensembles.Data;
using Ensembles.Datasets;
using QuickStart;

Console.OutputEncoding = Encoding.UTF8;
if (!Arguments.TryParse(args, out Arguments arguments, out string problem))
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

if (arguments.Help)
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}

try
{
    ClassificationDataset data = arguments.DataPath is null
        ? SampleData.TelcoChurn()
        : ClassificationDataset.FromCsv(arguments.DataPath, arguments.Target);
    Walkthrough.Run(arguments.DataPath ?? "telco churn (bundled)", arguments.Target, data);
    return 0;
}
catch (Exception e) when (e is DataFormatException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
