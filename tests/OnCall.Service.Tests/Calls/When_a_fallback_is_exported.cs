using System.Text;
using System.Xml.Linq;
using NodaTime;
using OnCall.Core.People;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Calls;
using OnCall.Service.Ops;
using OnCall.Service.Rotas;
using OnCall.Service.Twilio;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calls;

public sealed class When_a_fallback_is_exported(TestDatabase databases)
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 25, 9, 0);

    [Fact]
    public void Should_ring_those_on_duty_the_default_desk_first() =>
        Phones(Books.TwoDesks()).ShouldBe([Books.Ash, Books.Birch, Books.Cedar, Books.Dogwood]);

    [Fact]
    public void Should_not_ring_whoever_is_away() =>
        Phones(Books.TwoDesks() + "\nabsences: [ { adviser: cedar, start: 2026-11-20, through: 2026-11-30 } ]").ShouldBe([Books.Ash, Books.Birch, Books.Dogwood]);

    [Fact]
    public void Should_ring_nothing_outside_the_allowed_destinations() => Phones(Books.OneDesk(ash: "+448081570001")).ShouldNotContain("+448081570001");

    [Fact]
    public void Should_fetch_a_file_by_GET_after_the_message_too() => FallbackTwiml.Document([], [Language.English]).ShouldContain("<Record method=\"GET\"");

    [Fact]
    public void Should_say_everything_in_each_language_of_the_lines_the_first_lines_first()
    {
        var book = Book(Books.TwoDesks());
        var welsh = book.Content.Lines[0] with { Language = Language.Welsh };
        var languages = FallbackPhones.Languages(new RotaBook(1, book.Content with { Lines = [welsh, Another(1) with { Language = Language.English }, Another(2)] }));

        var document = FallbackTwiml.Document([PhoneNumber.Parse(Books.Ash)], languages);

        document.ShouldAllBe(letter => char.IsAscii(letter));
        var verbs = XElement.Parse(document).Elements().ToList();
        verbs[0].Value.ShouldContain("y naill ar ôl y llall");
        verbs.Select(verb => verb.Attribute("voice")?.Value ?? verb.Name.LocalName)
            .ShouldBe(["Polly.Gwyneth", "Polly.Amy", "Dial", "Polly.Gwyneth", "Polly.Amy", "Polly.Gwyneth", "Polly.Amy", "Record"]);
        FallbackPhones.Languages(book).ShouldBe([Language.English]);
        FallbackPhones.Languages(RotaBook.Empty).ShouldBe([Language.English]);

        Line Another(int number) => welsh with { Number = PhoneNumber.Parse($"+44207946010{number + 1}") };
    }

    [Theory]
    [InlineData("/nowhere/at/all/now.xml")]
    [InlineData("https://")]
    [InlineData("http://127.0.0.1:1/now.xml")]
    public async Task Should_say_in_one_line_that_it_cannot_be_written_there(string to)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var database = await databases.CreateAsync();
        await using (var service = await RunningService.StartAsync(database.ConnectionString))
        {
            using var rota = new StringContent(Books.TwoDesks(), Encoding.UTF8, "application/yaml");
            service.Http.DefaultRequestHeaders.Authorization = new("Bearer", RunningService.AdminKey);
            (await service.Http.PostAsync(new Uri("/api/v1/import", UriKind.Relative), rota, stop)).IsSuccessStatusCode.ShouldBeTrue();
        }

        var (exitCode, output, errors) = await OnCallCommand.RunAsync(["export-fallback", "--to", to, $"--ConnectionStrings:OnCall={database.ConnectionString}"], stop);

        exitCode.ShouldBe(1);
        output.ShouldBeEmpty();
        errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem().ShouldStartWith("oncall: --to");
    }

    private static IEnumerable<string> Phones(string book) => FallbackPhones.At(Book(book), AllowedDestinations.Uk, Now).Select(phone => phone.Value);

    private static RotaBook Book(string book)
    {
        var draft = RotaDocument.Read(Encoding.UTF8.GetBytes(book), DocumentForm.Yaml);
        var content = RotaCheck.Check([draft], BookContent.Empty, prune: false).Content.ShouldNotBeNull();
        return new RotaBook(1, content);
    }
}
