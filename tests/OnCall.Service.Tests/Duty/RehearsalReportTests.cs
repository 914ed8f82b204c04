using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Duty;
using OnCall.Service.Rotas;
using OnCall.Service.Tests.Rotas;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Duty;

public sealed class RehearsalReportTests
{
    [Fact]
    public void Lines_TheSampleIn2027_AreThoseThatWereCheckedIn() =>
        string.Concat(RehearsalReport.Lines(new RotaBook(1, Sample.Content()), 2027, BankHolidays.Load()).Select(line => line + "\n"))
            .ShouldBe(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Duty", "iccc-rehearsed-2027.txt")));

    [Fact]
    public void Lines_TwoZones_HaveTheirOwnClockChanges()
    {
        var draft = RotaDocument.Read("""
            timeZone: Europe/London
            rotas:
              - { id: one }
              - { id: other, timeZone: Europe/Dublin }
              - { id: far, timeZone: America/New_York }
            """u8.ToArray(), DocumentForm.Yaml);
        var book = new RotaBook(1, RotaCheck.Check([draft], BookContent.Empty, prune: true).Content!);

        RehearsalReport.Lines(book, 2031, BankHolidays.Load()).ShouldBe([
            "No bank holidays are known for 2031, only for 2024 to 2028: clock changes alone are rehearsed. ! = not as in other weeks.",
            "Sun 9 Mar 2031: clocks of America/New_York go forward by 1 h, to Sun 9 Mar 03:00 EDT",
            "  far: NOBODY",
            "Sun 30 Mar 2031: clocks of Europe/London go forward by 1 h, to Sun 30 Mar 02:00 BST",
            "  one: NOBODY",
            "Sun 30 Mar 2031: clocks of Europe/Dublin go forward by 1 h, to Sun 30 Mar 02:00 IST",
            "  other: NOBODY",
            "Sun 26 Oct 2031: clocks of Europe/London go back by 1 h, to Sun 26 Oct 01:00 GMT",
            "  one: NOBODY",
            "Sun 26 Oct 2031: clocks of Europe/Dublin go back by 1 h, to Sun 26 Oct 01:00 GMT",
            "  other: NOBODY",
            "Sun 2 Nov 2031: clocks of America/New_York go back by 1 h, to Sun 2 Nov 01:00 EST",
            "  far: NOBODY",
        ]);
    }
}
