using Ensembles.Catalog;
using Ensembles.Data;
using Ensembles.Peers.Quality;

namespace Ensembles.Tests.Docs;

public sealed class QualityPageTests : IDisposable
{
    private const string Page = "docs/quality.md";

    private readonly DirectoryInfo _results = Directory.CreateTempSubdirectory("ensembles-quality-");

    [Fact]
    public void The_tables_are_those_of_the_committed_results()
    {
        string text = Repository.Read(Page);
        string made = QualityPage.Render(text, Path.Combine(Repository.Root, "benchmarks", "results"));
        if (Repository.IsToBeUpdated)
        {
            Repository.Write(Page, made);
        }
        else
        {
            text.Should().Be(made, "the tables are made from benchmarks/results ({0})", Repository.HowToUpdate);
        }
    }

    [Fact]
    public void A_loss_is_listed_with_its_reason_and_the_others_are_counted()
    {
        Write(
            "quality.csv",
            "# a machine",
            "set,learner,recipe,seed,library,error,log_loss",
            "houses,bagging,defaults,1,Ensembles,10,",
            "houses,bagging,defaults,2,Ensembles,12,",
            "houses,bagging,defaults,3,Ensembles,11,",
            "houses,bagging,defaults,1,scikit-learn,9,",
            "houses,bagging,defaults,2,scikit-learn,10.9,",
            "houses,bagging,defaults,3,scikit-learn,10.1,",
            "iris,bagging,defaults,1,Ensembles,0.1,0.5",
            "iris,bagging,defaults,2,Ensembles,0.1,0.5",
            "iris,bagging,defaults,1,scikit-learn,0.1,0.6",
            "iris,bagging,defaults,2,scikit-learn,0.2,0.5");
        Write(
            "quality-reasons.tsv",
            "learner\trecipe\tset\tmeasure\treason",
            "bagging\t*\tiris\t*\tanother set",
            "*\tdefaults\thouses\tRMSE\tit has a garden");

        string rendered = QualityPage.Render(Repository.Read(Page), _results.FullName);

        rendered.Should().Contain("Of 3 comparisons, ours is better in 2 (0 by more than two standard errors), theirs in 1: 1 by more");
        rendered.Should().Contain(
            "| bagging | defaults | houses | RMSE | 11.00 | 10.00 | 1.000 ± 0.058 | **17.3** | **0.010** | it has a garden |");
        rendered.Should().NotContain("another set");
        rendered.Should().Contain("| bagging | defaults | scikit-learn | 2 | 1 | 1 | 0 | 1 | 1.62 | 1.38 | 0.0% |");
    }

    [Fact]
    public void Holm_multiplies_by_the_number_of_those_not_yet_rejected_and_never_falls()
    {
        Holm.Correct([0.01, 0.04, 0.03, 0.005]).Should().Equal(0.03, 0.06, 0.06, 0.02);
        Holm.Correct([0.9, 0.4]).Should().Equal(0.9, 0.8);
        Holm.Correct([]).Should().BeEmpty();
    }

    [Fact]
    public void A_manifest_names_the_sets_of_a_folder_and_those_whose_files_are_not_there()
    {
        Write(
            "quality.tsv",
            "# sets",
            "name\tfile\ttask\ttarget\tignored\tcategorical",
            "mine\tmine.csv\tregression\ty\tid\tzone",
            "gone\tgone.csv\tclassification\ty\t\t");
        Write("mine.csv", "id,zone,x,y", "1,10,0.5,3", "2,20,1.5,4");

        ComparedSet[] sets = [.. SetManifest.Read(Path.Combine(_results.FullName, "quality.tsv"), _results.FullName)];

        sets.Select(set => set.Name).Should().Equal("mine", "gone");
        sets[1].Load.Should().BeNull();
        Dataset data = sets[0].Load!();
        data.Schema.Select(feature => (feature.Name, feature.IsCategorical)).Should().Equal(("zone", true), ("x", false));
    }

    [Theory]
    [InlineData("name\tfile\ttask", "*no column 'target'*")]
    [InlineData("name\tfile\ttask\ttarget\nmine\tmine.csv\tranking\ty", "*the task of mine is 'ranking'*")]
    [InlineData("name\tfile\ttask\ttarget\nmine\tmine.csv", "*line 2: 2 fields where there are 4 columns*")]
    public void A_manifest_that_is_wrong_says_where(string text, string message)
    {
        Write("quality.tsv", text);

        Action read = () => _ = SetManifest.Read(Path.Combine(_results.FullName, "quality.tsv"), _results.FullName).ToArray();

        read.Should().Throw<InvalidDataException>().WithMessage(message);
    }

    [Fact]
    public void All_tuned_recipes_are_recipes_of_the_library()
    {
        foreach (ComparedLearner learner in ComparedLearner.All)
        {
            foreach (LearningTask task in (LearningTask[])
                [LearningTask.Classification, LearningTask.Regression])
            {
                learner.Learner(task, ComparedLearner.Tuned, seed: 3)
                    .Should().NotBe(learner.Learner(task, ComparedLearner.Defaults, seed: 3), learner.Name);
            }
        }
    }

    public void Dispose() => _results.Delete(recursive: true);

    private void Write(string name, params string[] lines) =>
        File.WriteAllText(Path.Combine(_results.FullName, name), string.Join('\n', lines) + "\n");
}
