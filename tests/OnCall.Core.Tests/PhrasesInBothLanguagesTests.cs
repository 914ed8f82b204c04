using System.Reflection;
using System.Text;
using OnCall.Core.People;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests;

/// <summary>
/// Every phrase in English and Welsh, as it is checked in (<c>phrases.txt</c>), with the segments that a text takes: who translates reads it there. What differs is written
/// beside it, as <c>phrases.received.txt</c> in the output folder.
/// </summary>
public sealed class PhrasesInBothLanguagesTests
{
    /// <summary>Words of English that no Welsh sentence has.</summary>
    private static readonly string[] EnglishWords =
        ["the", "you", "your", "is", "are", "was", "and", "of", "to", "it", "we", "call", "press", "please", "number", "officer", "expert", "reply", "for", "after", "more"];

    public static TheoryData<string> Names => [.. PhraseCatalogue.Spoken.Select(phrase => phrase.Name).Concat(PhraseCatalogue.Written.Select(phrase => phrase.Name)).Distinct()];

    [Fact]
    public void Phrases_All_AreInTheCatalogueAndAskForTheLanguageFirst()
    {
        var all = typeof(Phrases).GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);
        all.Select(phrase => phrase.Name).Distinct().Except(Names.Select(row => row.Data)).ShouldBeEmpty("a phrase is not in the catalogue");
        all.Where(phrase => phrase is not MethodInfo method || method.GetParameters() is not [{ ParameterType: var first }, ..] || first != typeof(Language))
            .ShouldBeEmpty("a phrase has one language");
    }

    [Fact]
    public void Phrases_All_AreAsCheckedIn()
    {
        var received = new StringBuilder();
        foreach (var (name, say) in PhraseCatalogue.Spoken)
        {
            received.Append($"{name}\n  en {say(Language.English).Text}\n  cy {say(Language.Welsh).Text}\n");
        }

        foreach (var (name, write) in PhraseCatalogue.Written)
        {
            received.Append($"{name}\n  en {Counted(write(Language.English))}\n  cy {Counted(write(Language.Welsh))}\n");
        }

        var file = Path.Combine(AppContext.BaseDirectory, "phrases.txt");
        var expected = File.Exists(file) ? File.ReadAllText(file) : "";
        if (received.ToString() != expected)
        {
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "phrases.received.txt"), received.ToString());
        }

        var (before, after) = (expected.Split('\n'), received.ToString().Split('\n'));
        after.Except(before).ShouldBeEmpty("these lines are new");
        after.SequenceEqual(before).ShouldBeTrue("lines are gone, or stand elsewhere");
    }

    [Theory, MemberData(nameof(Names))]
    public void Phrase_InWelsh_IsNoEnglish(string name)
    {
        foreach (var (english, welsh) in InBoth(name))
        {
            welsh.ShouldNotBeNullOrWhiteSpace();
            welsh.ShouldNotBe(english);
            Words(welsh).Intersect(EnglishWords).ShouldBeEmpty(welsh);
        }
    }

    [Fact]
    public void Phrase_ThatIsHeard_IsSaidInTheVoiceOfItsLanguage()
    {
        foreach (var (name, say) in PhraseCatalogue.Spoken)
        {
            Enum.GetValues<Language>().ShouldAllBe(to => say(to).Language == to, name);
        }
    }

    /// <summary>The menu's keys and the words of commands are the same in both.</summary>
    [Theory]
    [InlineData(nameof(Phrases.Commands), "CALL WHO DUTY SICK BACK DONE NEW PASS")]
    [InlineData(nameof(Phrases.PleaseClose), "DONE")]
    [InlineData(nameof(Phrases.NotSpokenYet), "CALL DONE")]
    [InlineData(nameof(Phrases.CannotBeTexted), "CALL")]
    [InlineData(nameof(Phrases.NotDelivered), "CALL")]
    [InlineData(nameof(Phrases.Receipt), "CALL ME")]
    [InlineData(nameof(Phrases.YouAreSick), "BACK")]
    public void Phrase_WithCommands_NamesThoseThatTheServiceReads(string name, string commands) =>
        InBoth(name).ShouldAllBe(both => commands.Split(' ').All(command => both.English.Contains(command) && both.Welsh.Contains(command)));

    private static IEnumerable<(string English, string Welsh)> InBoth(string name) => PhraseCatalogue.Written.Where(phrase => phrase.Name == name).Select(phrase => phrase.Write)
        .Concat(PhraseCatalogue.Spoken.Where(phrase => phrase.Name == name).Select(phrase => (Func<Language, string>)(to => phrase.Say(to).Text)))
        .Select(write => (write(Language.English), write(Language.Welsh)));

    /// <summary>Without the words in capitals, which are commands.</summary>
    private static IEnumerable<string> Words(string text) =>
        text.Split([' ', ',', '.', ':', ';', '(', ')', '\n', '?'], StringSplitOptions.RemoveEmptyEntries).Where(word => !word.All(char.IsUpper)).Select(word => word.ToLowerInvariant());

    private static string Counted(string text) => $"{Segments.Of(text)} x {text.Length,3}: {text.Replace("\n", "\\n", StringComparison.Ordinal)}";
}
