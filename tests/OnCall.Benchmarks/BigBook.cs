using System.Globalization;
using System.Text;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Rotas;

namespace OnCall.Benchmarks;

/// <summary>A book of a hundred desks with three layers each and 5,000 overrides, and a document of 2,000 lines.</summary>
internal static class BigBook
{
    private const int Desks = 100;
    private const int OverridesOfADesk = 50;

    private static readonly Lazy<byte[]> Stored = new(() => Encoding.UTF8.GetBytes(RotaDocument.Write(
        RotaWriter.Write(Read(Document(Desks, OverridesOfADesk))), DocumentForm.Json)));

    private static readonly Lazy<byte[]> Written = new(() =>
    {
        var desks = 1;
        while (Lines(Document(desks, 10)) < 2000)
        {
            desks++;
        }

        return Document(desks, 10);
    });

    /// <summary>The big book as the database keeps it.</summary>
    public static byte[] Json() => Stored.Value;

    /// <summary>The long document as people write it.</summary>
    public static byte[] Yaml() => Written.Value;

    public static int Lines(byte[] document) => document.Count(one => one == (byte)'\n');

    private static BookContent Read(byte[] yaml) =>
        RotaCheck.Check([RotaDocument.Read(yaml, DocumentForm.Yaml)], BookContent.Empty, prune: true).Content ?? throw new InvalidOperationException("the big book has errors");

    private static byte[] Document(int desks, int overrides)
    {
        var text = new StringBuilder("timeZone: Europe/London\nadvisers:\n");
        for (var adviser = 0; adviser < desks * 9; adviser++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {{ id: a{adviser}, name: Adviser {adviser}, phone: \"+447700900{adviser % 1000:000}\" }}\n");
        }

        text.Append("desks:\n").AppendJoin("", Enumerable.Range(0, desks).Select(desk => $"  - {{ id: d{desk}, name: Desk {desk}, policy: p{desk} }}\n"));
        text.Append("policies:\n").AppendJoin("", Enumerable.Range(0, desks).Select(desk => $"  - {{ id: p{desk}, steps: [{{ notify: [\"rota:r{desk}\"] }}] }}\n"));
        text.Append("rotas:\n").AppendJoin("", Enumerable.Range(0, desks).Select(desk => Rota(desk, overrides)));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Rota(int desk, int overrides)
    {
        string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"a{(9 * desk) + number}");
        var text = new StringBuilder($$"""
              - id: r{{desk}}
                name: Desk {{desk}}, first on call
                layers:
                  - name: week by week
                    rotation: { start: 2026-12-28T09:00, turn: P1W, advisers: [{{Id(0)}}, {{Id(1)}}, {{Id(2)}}, {{Id(3)}}] }
                  - name: weeknights
                    only:
                      - { days: [Mon, Tue, Wed, Thu, Fri], from: "18:00", to: "08:00" }
                    rotation: { start: 2026-12-28T18:00, turn: P1D, advisers: [{{Id(4)}}, {{Id(5)}}, {{Id(6)}}] }
                  - name: days
                    pattern:
                      start: 2026-12-28
                      shifts: { D: "08:00-18:00" }
                      cycle: [D, D, off, off]
                      teams:
                        - { advisers: [{{Id(7)}}], offset: 0 }
                        - { advisers: [{{Id(8)}}], offset: 2 }
                overrides:

            """);
        for (var number = 0; number < overrides; number++)
        {
            var day = NodaTime.LocalDate.FromDateTime(new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Unspecified)).PlusDays(7 * number);
            text.Append(CultureInfo.InvariantCulture, $"      - {{ start: {day:uuuu-MM-dd}T09:00, end: {day:uuuu-MM-dd}T17:00, adviser: {Id(number % 4)}, replaces: {Id(7)}, reason: court }}\n");
        }

        return text.ToString();
    }
}
