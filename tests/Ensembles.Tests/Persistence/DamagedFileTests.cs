using System.IO.Compression;
using System.Text;
using Ensembles.Learners;
using Ensembles.Persistence;
using Ensembles.RandomForests;
using Ensembles.Tests.Contracts;
using Ensembles.Trees;

namespace Ensembles.Tests.Persistence;

/// <summary>Files of strangers. 100,000 mutations: <c>dotnet run -c Release --project tests/Ensembles.Tests -- model-files 100000</c>.</summary>
public class DamagedFileTests
{
    private static readonly string Text = SavedTree();

    [Fact]
    public void A_mutated_file_gives_an_exception_of_its_own_or_a_model_that_predicts()
    {
        (int loaded, List<string> failures) = ModelFileMutations.Run(ModelFileMutations.Files(), first: 0, count: 4000);

        failures.Should().BeEmpty();
        loaded.Should().BeInRange(100, 2000, "some mutations change a number that may be another, most break the file");
    }

    [Theory]
    [InlineData("\"left\": [1", "\"left\": [2", "has the child *, which ")]
    [InlineData("\"version\": 1", "\"version\": 2", "version 2 of the format")]
    [InlineData("\"format\": \"ensembles-model\"", "\"format\": \"other\"", "'other' and not ensembles-model")]
    [InlineData("\"kind\": \"decision-tree-classifier\"", "\"kind\": \"System.IO.File\"", "no kind of model 'System.IO.File'")]
    [InlineData("\"kind\": \"decision-tree-classifier\"", "\"kind\": \"decision-tree-regressor\"", "does not come of a DecisionTreeClassifier")]
    [InlineData("\"learner\": \"DecisionTreeClassifier\"", "\"learner\": \"Robot\"", "no learner 'Robot'")]
    [InlineData("\"MaxBins\": 255", "\"MaxBins\": 1000", "MaxBins must be from 2 to 255")]
    [InlineData("\"MaxBins\": 255", "\"MaxBin\": 255", "no hyper-parameter of this name")]
    [InlineData("\"MaxBins\": 255", "\"MaxBins\": 255, \"MaxBins\": 255", "there twice")]
    [InlineData("\"SplitMethod\": \"Exact\"", "\"SplitMethod\": \"1\"", "'1' is not Auto or Exact or Histogram")]
    [InlineData("\"features\": [", "\"features\": [99,", "99 is no whole number from 0 to 3")]
    [InlineData("\"missingLeft\": \"", "\"missingLeft\": \"2", "no text of * characters 0 and 1")]
    [InlineData("\"tree\":", "\"treee\":", "property 'tree' is expected here and not 'treee'")]
    [InlineData("\"thresholds\": [", "\"thresholds\": [1e999,", "no number of double precision")]
    [InlineData("\"gain\": [", "\"gain\": [\"\\ud800\",", "half of a surrogate pair")]
    public void What_is_wrong_is_said_with_its_place(string text, string other, string problem)
    {
        Text.Should().Contain(text);

        Action load = () => Load(Text.Replace(text, other, StringComparison.Ordinal));

        load.Should().Throw<InvalidDataException>().WithMessage($"$* (byte *): *{problem}*");
    }

    [Fact]
    public void Nothing_may_follow()
    {
        FluentActions.Invoking(() => Load(Text + " {}")).Should().Throw<InvalidDataException>();
        FluentActions.Invoking(() => Load(Text + " \n")).Should().NotThrow();
        FluentActions.Invoking(() => Load(string.Empty)).Should().Throw<InvalidDataException>();
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        string deep = "{\"format\":" + new string('[', 100_000);

        FluentActions.Invoking(() => Load(deep)).Should().Throw<InvalidDataException>();
    }

    [Fact]
    public void A_small_file_cannot_unpack_to_a_great_one()
    {
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] blanks = Encoding.ASCII.GetBytes(new string(' ', 1 << 20));
            for (int i = 0; i < 20; i++)
            {
                gzip.Write(blanks);
            }
        }

        bomb.Position = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        Action load = () => Model.Load(bomb, new ModelLoadOptions { MaxLength = 10_000_000 });

        load.Should().Throw<InvalidDataException>().WithMessage("*longer than the 10000000 bytes*MaxLength*");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(4_000_000);
    }

    [Fact]
    public void Another_kind_of_model_is_refused_by_name()
    {
        Action load = () => RegressionModel.Load(new MemoryStream(Encoding.UTF8.GetBytes(Text)));
        Action typed = () => Model.Load<ForestClassificationModel>(new MemoryStream(Encoding.UTF8.GetBytes(Text)));

        load.Should().Throw<InvalidDataException>().WithMessage("*decision-tree-classifier is no RegressionModel*");
        typed.Should().Throw<InvalidDataException>().WithMessage("*decision-tree-classifier is no ForestClassificationModel*");
    }

    private static Model Load(string text) => Model.Load(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static string SavedTree()
    {
        using var stream = new MemoryStream();
        new DecisionTreeClassifier { MaxDepth = 4 }.Fit(ContractData.Mixed().Classification).Save(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
