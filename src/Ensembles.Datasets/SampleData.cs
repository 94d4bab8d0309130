using Ensembles.Data;

namespace Ensembles.Datasets;

/// <summary>
/// Real data sets that ship with the package, each as in its source: the same cells to the last bit, the same order of rows,
/// columns, categories and classes; what is missing there is missing here.
/// </summary>
/// <remarks>Each call reads the set anew; keep the dataset to share what learners derive from it.</remarks>
public static class SampleData
{
    private const string ScikitLearn = "Debian python3-sklearn 1.2.1+dfsg-1, sklearn.datasets.";
    private const string Modeldata = "Debian r-cran-modeldata 1.1.0-1, modeldata::";
    private const string Uci = "BSD-3-Clause (scikit-learn); UCI Machine Learning Repository, CC BY 4.0";

    /// <summary>What is bundled, in alphabetical order.</summary>
    public static IReadOnlyList<DatasetInfo> All { get; } =
    [
        new()
        {
            Name = nameof(BreastCancer),
            Rows = 569,
            Columns = 31,
            Task = DatasetTask.Classification,
            Classes = 2,
            Target = "diagnosis",
            Source = ScikitLearn + "load_breast_cancer",
            Licence = Uci,
            Citation = "W. N. Street, W. H. Wolberg, O. L. Mangasarian: Nuclear feature extraction for breast tumor diagnosis (1993)",
        },
        new()
        {
            Name = nameof(CreditData),
            Rows = 4454,
            Columns = 14,
            CategoricalFeatures = 4,
            MissingCells = 455,
            Task = DatasetTask.Classification,
            Classes = 2,
            Target = "Status",
            Source = Modeldata + "credit_data",
            Licence = "MIT (modeldata)",
            Citation = "L. A. Belanche Muñoz, G. Sanchez: Credit scoring data (github.com/gastonstat/CreditScoring)",
        },
        new()
        {
            Name = nameof(Diabetes),
            Rows = 442,
            Columns = 11,
            Task = DatasetTask.Regression,
            Target = "progression",
            Source = ScikitLearn + "load_diabetes(scaled=True)",
            Licence = "BSD-3-Clause (scikit-learn)",
            Citation = "B. Efron, T. Hastie, I. Johnstone, R. Tibshirani: Least angle regression (2004)",
        },
        new()
        {
            Name = nameof(Diamonds),
            Rows = 53940,
            Columns = 10,
            CategoricalFeatures = 3,
            Task = DatasetTask.Regression,
            Target = "price",
            Source = "Debian r-cran-ggplot2 3.4.1+dfsg-1, ggplot2::diamonds",
            Licence = "MIT (ggplot2)",
            Citation = "H. Wickham: ggplot2, Elegant graphics for data analysis (2016)",
        },
        new()
        {
            Name = nameof(Digits),
            Rows = 1797,
            Columns = 65,
            Task = DatasetTask.Classification,
            Classes = 10,
            Target = "digit",
            Source = ScikitLearn + "load_digits",
            Licence = Uci,
            Citation = "E. Alpaydin, C. Kaynak: Cascading classifiers (1998)",
        },
        new()
        {
            Name = nameof(Iris),
            Rows = 150,
            Columns = 5,
            Task = DatasetTask.Classification,
            Classes = 3,
            Target = "species",
            Source = ScikitLearn + "load_iris",
            Licence = "BSD-3-Clause (scikit-learn)",
            Citation = "R. A. Fisher: The use of multiple measurements in taxonomic problems (1936)",
        },
        new()
        {
            Name = nameof(TelcoChurn),
            Rows = 7043,
            Columns = 20,
            CategoricalFeatures = 10,
            MissingCells = 11,
            Task = DatasetTask.Classification,
            Classes = 2,
            Target = "churn",
            Source = Modeldata + "wa_churn",
            Licence = "MIT (modeldata)",
            Citation = "IBM Watson Analytics: Telco customer churn, sample data (2018)",
        },
        new()
        {
            Name = nameof(Wine),
            Rows = 178,
            Columns = 14,
            Task = DatasetTask.Classification,
            Classes = 3,
            Target = "cultivar",
            Source = ScikitLearn + "load_wine",
            Licence = Uci,
            Citation = "M. Forina et al.: PARVUS, An extendible package for data exploration, classification and correlation (1988)",
        },
    ];

    /// <summary>
    /// Wisconsin breast cancer (diagnostic): 569 biopsies, 30 measurements of their cell nuclei; class 0 is malignant (212 rows),
    /// class 1 benign (357).
    /// </summary>
    public static ClassificationDataset BreastCancer() => ColumnFile.ReadClassification("breast-cancer");

    /// <summary>
    /// Credit scoring: 4,454 clients of a Spanish bank, nine numbers and four categories, 455 cells missing; class 0 is bad
    /// (1,254 rows), class 1 good (3,200).
    /// </summary>
    public static ClassificationDataset CreditData() => ColumnFile.ReadClassification("credit-data");

    /// <summary>
    /// Diabetes: 442 patients, ten baseline measurements (centred and scaled, each column of squared length 1), and the progression
    /// of the disease after a year.
    /// </summary>
    public static RegressionDataset Diabetes() => ColumnFile.ReadRegression("diabetes");

    /// <summary>
    /// Diamonds: the price in US dollars of 53,940 diamonds by weight, five dimensions, and cut, color and clarity, whose categories
    /// keep their order (cut, color D to J, and clarity I1 to IF as in the source).
    /// </summary>
    public static RegressionDataset Diamonds() => ColumnFile.ReadRegression("diamonds");

    /// <summary>Handwritten digits: 1,797 images of 8 × 8 pixels of 0 to 16 (64 features, row by row); classes "0" to "9".</summary>
    public static ClassificationDataset Digits() => ColumnFile.ReadClassification("digits");

    /// <summary>Iris: four measurements in centimetres of 50 flowers each of setosa, versicolor and virginica.</summary>
    /// <remarks>Fisher's figures: two rows differ from the copy in the UCI repository, which has typing errors.</remarks>
    public static ClassificationDataset Iris() => ColumnFile.ReadClassification("iris");

    /// <summary>
    /// Telephone contracts: 7,043 customers, nine numbers (six of them 0 or 1) and ten categories, 11 cells missing; class 0 is "Yes"
    /// (left, 1,869 rows), class 1 "No".
    /// </summary>
    public static ClassificationDataset TelcoChurn() => ColumnFile.ReadClassification("telco-churn");

    /// <summary>Wine: 13 chemical measurements of 178 Italian wines of three cultivars (59, 71 and 48 rows).</summary>
    public static ClassificationDataset Wine() => ColumnFile.ReadClassification("wine");
}
