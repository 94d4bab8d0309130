using System.Reflection;
using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Plots;

namespace Ensembles.Tests.Docs;

/// <summary>What the packages offer is written down, so that a change to it is seen by whoever makes it.</summary>
public class PublicApiTests
{
    private static readonly Assembly[] Packages = [typeof(FeatureTable).Assembly, typeof(SampleData).Assembly, typeof(Plot).Assembly];

    public static TheoryData<string> Names => [.. Packages.Select(package => package.GetName().Name!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_public_api_is_the_one_that_is_listed(string name)
    {
        string path = $"docs/api/{name}.txt";
        string api = PublicApi.Of(Packages.Single(package => string.Equals(package.GetName().Name, name, StringComparison.Ordinal)));
        if (Repository.IsToBeUpdated)
        {
            Directory.CreateDirectory(Path.Combine(Repository.Root, "docs/api"));
            Repository.Write(path, api);
            return;
        }

        string[] listed = Repository.Read(path).Split('\n');
        string[] found = api.Split('\n');
        found.Except(listed, StringComparer.Ordinal)
            .Should().BeEmpty("these are not listed in {0} ({1})", path, Repository.HowToUpdate);
        listed.Except(found, StringComparer.Ordinal)
            .Should().BeEmpty("these are gone that are listed in {0} ({1})", path, Repository.HowToUpdate);
        Repository.Read(path).Should().Be(api, "{0} lists the public API ({1})", path, Repository.HowToUpdate);
    }
}
