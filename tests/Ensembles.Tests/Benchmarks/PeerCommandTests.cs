using Ensembles.Data;
using Ensembles.Peers;
using Ensembles.Peers.GbmPerf;
using Ensembles.Peers.Measuring;

namespace Ensembles.Tests.Benchmarks;

/// <summary>What the commands beside other libraries say about arguments, and the flights they generate.</summary>
public class PeerCommandTests
{
    [Theory]
    [InlineData("training", "--settings", "depth-7", "depth-6")]
    [InlineData("training", "--sets", "letters", "few-values")]
    [InlineData("training", "--peers", "CatBoost", "LightGBM")]
    [InlineData("training-growth", "--settings", "columns", "features")]
    [InlineData("shap", "--settings", "depth-5", "one-row")]
    [InlineData("training-kernels", "--settings", "histogram", "no choice")]
    public void A_name_that_a_command_does_not_have_is_told_with_those_it_has(string name, string option, string value, string told)
    {
        MeasureOptions.TryParse([option, value], out MeasureOptions options).Should().BeTrue();

        MeasureCommand.All.Single(command => string.Equals(command.Name, name, StringComparison.Ordinal)).Problem(options).Should().Contain(told);
    }

    [Fact]
    public void Names_that_there_are_pass()
    {
        MeasureOptions.TryParse(["--settings", "depth-6", "--peers", "none", "--sets", "digits"], out MeasureOptions options)
            .Should().BeTrue();

        MeasureCommand.All.Single(command => command.Name is "training").Problem(options).Should().BeNull();
        MeasureOptions.TryParse(["--rows", "many"], out _).Should().BeFalse();
        MeasureOptions.TryParse(["--cells"], out _).Should().BeFalse();
    }

    [Fact]
    public void The_recipe_of_GBM_perf_says_what_it_needs()
    {
        GbmPerfOptions.TryParse([], out _).Should().Contain("--generate");
        GbmPerfOptions.TryParse(["--train"], out _).Should().Contain("needs a value");
        GbmPerfOptions.TryParse(["--train", "none.csv", "--test", "b", "--target", "y"], out _).Should().Contain("none.csv");
        GbmPerfOptions.TryParse(["--generate", "100", "--target", "y"], out _).Should().Contain("leave");
        GbmPerfOptions.TryParse(["--generate", "0"], out _).Should().Contain("does not know");
        GbmPerfOptions.TryParse(["--generate", "100,200", "--threads", "1"], out GbmPerfOptions options).Should().BeNull();
        options.Generate.Should().Equal(100, 200);
    }

    [Fact]
    public void Flights_are_the_same_for_every_number_of_rows_and_read_back_from_CSV()
    {
        ClassificationDataset few = AirlineLike.Train(300);
        ClassificationDataset more = AirlineLike.Train(3000);
        string path = Path.GetTempFileName();
        try
        {
            AirlineLike.WriteCsv(more, path);
            var read = ClassificationDataset.FromCsv(path, AirlineLike.Target);

            more.Features.Row(299).Should().Equal(few.Features.Row(299));
            read.Features.Schema.Count(feature => feature.IsCategorical).Should().Be(6);
            read.Labels.ToArray().Select(label => read.Classes[label])
                .Should().Equal(more.Labels.ToArray().Select(label => more.Classes[label]));
            more.CountByClass()[1].Should().BeInRange(450, 900, "about a fifth of the flights are late");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
