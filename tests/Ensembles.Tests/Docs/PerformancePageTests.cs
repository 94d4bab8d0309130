using Ensembles.Peers.Performance;

namespace Ensembles.Tests.Docs;

public sealed class PerformancePageTests : IDisposable
{
    private const string Page = "docs/performance.md";
    private const string Readme = "README.md";

    private static readonly string CommittedResults = Path.Combine(Repository.Root, "benchmarks", "results");

    private readonly DirectoryInfo _results = Directory.CreateTempSubdirectory("ensembles-results-");

    [Theory]
    [InlineData(Page)]
    [InlineData(Readme)]
    public void The_tables_are_those_of_the_committed_results(string page)
    {
        string text = Repository.Read(page);
        string made = string.Equals(page, Readme, StringComparison.Ordinal)
            ? PerformancePage.RenderReadme(text, CommittedResults)
            : PerformancePage.Render(text, CommittedResults);
        if (Repository.IsToBeUpdated)
        {
            Repository.Write(page, made);
        }
        else
        {
            text.Should().Be(made, "the tables are made from benchmarks/results ({0})", Repository.HowToUpdate);
        }
    }

    [Fact]
    public void The_charts_are_those_of_the_committed_results()
    {
        foreach ((string name, string specification) in PerformancePage.Charts(CommittedResults))
        {
            File.WriteAllText(Path.Combine(_results.FullName, name + ".vl.json"), specification);
        }

        PagePictures.Compare(_results);
    }

    [Fact]
    public void A_table_takes_medians_and_the_fastest_other_library_and_shows_losses()
    {
        Write(
            "training.csv",
            "set,rows,setting,threads,seed,library,features,classes,rounds,bin_seconds,train_seconds,log_loss,allocated_bytes",
            "generated,1000,depth-6,1,1,Ensembles,28,2,100,1,1,0.5,9",
            "generated,1000,depth-6,1,2,Ensembles,28,2,100,1,3,0.6,9",
            "generated,1000,depth-6,1,3,Ensembles,28,2,100,1,90,0.7,9",
            "generated,1000,depth-6,1,1,XGBoost,28,2,100,2,4,0.5,",
            "generated,1000,depth-6,1,1,scikit-learn,28,2,100,3,5,0.4,",
            "generated,1000,leaves-31,1,1,Ensembles,28,2,100,1,1,0.5,9",
            "generated,1000,leaves-31,1,1,XGBoost,28,2,100,0.5,0.5,0.5,");

        string rendered = Render();

        rendered.Should().Contain("| 1.00 + 3.00 | 2.00 + 4.00 | 3.00 + 5.00 | 1.50 |");
        rendered.Should().Contain("| 1.00 + 1.00 | 0.500 + 0.500 | – | **0.50** |");
        rendered.Should().Contain("| generated | 1,000 | depth-6 | 3 | 0.60000 | 0.50000 | 0.00000 | 0.00% | 0.40000 | 0.10000 | +25.00% |");
    }

    [Fact]
    public void Growth_finds_the_exponent_and_the_bytes_that_made_the_figures()
    {
        WriteGrowth(
            ((int Rows, int Features)[])
            [
                (10_000, 28), (100_000, 28), (1_000_000, 28), (100_000, 14), (100_000, 56), (1_000_000, 14),
            ],
            size => size.Rows / 1000.0);

        string rendered = Render();

        rendered.Should().Contain("| rows | 10,000 | 1,000,000 | 10.0 to 1,000 | 1.000 | ≤ 1.05 |");
        rendered.Should().Contain("| features | 14 | 56 | 100 to 100 | 0.000 | ≤ 1.05 |");
        rendered.Should().Contain("peak ≈ 2.50 B a cell + 20.0 B a row + 0.001 MB a feature + 4.0 MB.");
        rendered.Should().Contain("2 of 6 sizes have a peak above that, at most by 0.1 MB; no size of more than 100,000 rows has.");
    }

    [Fact]
    public void Growth_shows_the_bounds_that_are_broken()
    {
        WriteGrowth([(10_000, 28), (100_000, 28)], size => Math.Pow(size.Rows / 1000.0, 1.25), extraBytes: 40e6);

        string rendered = Render();

        rendered.Should().Contain("| **1.250** | ≤ 1.05 |");
        rendered.Should().Contain("2 of 2 sizes have a peak above that");
    }

    [Fact]
    public void Growth_is_drawn_by_rows_and_by_everything()
    {
        WriteGrowth([(10_000, 28), (100_000, 28), (100_000, 14)], size => size.Rows / 1000.0);

        PerformancePage.Charts(_results.FullName).Select(chart => chart.Name)
            .Should().Equal("growth-time", "growth-memory", "growth-factors");
    }

    [Fact]
    public void How_the_library_stands_names_what_is_lost()
    {
        Write(
            "shap.csv",
            "setting,trees,leaves,rows,ours_ms,xgboost_ms,greatest_difference,greatest_sum_error,greatest_sum_error_xgboost",
            "depth-6,100,58,10000,10,500,1E-7,1E-15,1E-7",
            "pairs,100,58,100,10,300,1E-7,1E-15,1E-7",
            "one-row,100,58,1,4,1,1E-7,1E-15,1E-7");

        string rendered = PerformancePage.RenderReadme(Repository.Read(Readme), _results.FullName);

        rendered.Should().Contain("| XGBoost | 3 | **0.25** | 30.0 | 50.0 | 1 |");
        rendered.Should().Contain("Lost: SHAP values and interactions: one-row (**0.25**).");
    }

    [Fact]
    public void A_table_names_the_libraries_that_were_not_run()
    {
        Write(
            "training.csv",
            "set,rows,setting,threads,seed,library,features,classes,rounds,bin_seconds,train_seconds,log_loss,allocated_bytes",
            "generated,1000,depth-6,1,1,Ensembles,28,2,100,1,1,0.5,9");

        Render().Should().Contain("> not run: XGBoost  ").And.Contain("> not run: scikit-learn  ").And.Contain("> not run: LightGBM  ");
    }

    [Fact]
    public void Forests_have_the_times_of_others_by_ours_and_the_differences_of_errors()
    {
        Write(
            "forest-speed.csv",
            "task,rows,threads,seed,library,seconds,test_error",
            "forest-numbers,1000,2,1,Ensembles,2,0.5",
            "forest-numbers,1000,2,2,Ensembles,,0.6",
            "forest-numbers,1000,2,1,scikit-learn,30,0.4",
            "forest-numbers,1000,2,2,scikit-learn,,0.7",
            "forest-numbers,1000,2,1,ranger,1,0.5");

        string rendered = Render();

        rendered.Should().Contain("| forest-numbers | 1,000 | 2 | 1 | 2.00 | 30.0 | 15.0 | 1.00 | **0.50** |");
        rendered.Should().Contain("| 2 | 0.55000 | 0.55000 | 0.00000 ± 0.10000 | 0.00% | 0.0 | 0.50000 | 0.00000 | 0.00% | – |");
    }

    public void Dispose() => _results.Delete(recursive: true);

    private void WriteGrowth((int Rows, int Features)[] sizes, Func<(int Rows, int Features), double> seconds, double extraBytes = 0) => Write(
        "training-growth.csv",
        [
            "rows,features,trees,bins,leaves,threads,seed,bin_seconds,train_seconds,peak_bytes,allocated_bytes,tree_bytes",
            .. from size in sizes
               let bytes = (2.5 * size.Rows * size.Features) + (20.0 * size.Rows) + (1000 * size.Features) + 4e6 + extraBytes
               select FormattableString.Invariant($"{size.Rows},{size.Features},100,255,31,1,1,0,{seconds(size)},{bytes},7,5"),
        ]);

    private string Render() => PerformancePage.Render(Repository.Read(Page), _results.FullName);

    private void Write(string name, params string[] lines) =>
        File.WriteAllText(Path.Combine(_results.FullName, name), string.Join('\n', ["# a machine", .. lines]) + "\n");
}
