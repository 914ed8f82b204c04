using System.Diagnostics;
using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Rotas;

namespace OnCall.Benchmarks;

/// <summary>(e) The rota engine: a year beside Ical.Net, a question at an instant, a big book loaded, a long document checked. Needs neither database nor service.</summary>
internal static class DutySpeed
{
    private const int Repeats = 25;
    private const int Questions = 200_000;
    private const double AimOfAYear = 1.0 / 20;
    private const double AimOfAQuestion = 2_000;
    private const double AimOfLoading = 300;
    private const double AimOfChecking = 500;

    public static string Measure()
    {
        var content = DeskYear.Content();
        var calendars = IcalYear.Calendars();
        var equal = Compare(content, IcalYear.Expand(calendars));
        WarmUp(() => Year(new RotaBook(1, content)));
        WarmUp(() => IcalYear.Expand(calendars).Count);
        var rounds = Enumerable.Range(0, Rounds.Count)
            .Select(_ => (Ours: Median(() => new RotaBook(1, content), book => Year(book)), Theirs: Median(() => calendars, all => IcalYear.Expand(all)))).ToList();
        var (ours, theirs) = (Rounds.Of(rounds, round => round.Ours), Rounds.Of(rounds, round => round.Theirs));
        var year = new Table("a year of five desks", "ms").Row("OnCall: layers, absences, overrides, merged periods and gaps", ours.ToString()).Row("Ical.Net 5.2.4: recurrence rules expanded, in order of time", theirs.ToString());
        var (kept, question) = Ask(content);
        var cold = Once(() => Load(BigBook.Json()));
        var loading = Rounds.Of(Enumerable.Range(0, Rounds.Count), _ => Median(BigBook.Json, book => Load(book), 5));
        var checking = Rounds.Of(Enumerable.Range(0, Rounds.Count), _ => Median(BigBook.Yaml, document => Check(document), 5));
        return $"""

            ## (e) the rota engine

            {year}
            {equal}

            - at most 1/20 of Ical.Net's time: 1/{Rounds.Short(theirs.Middle / ours.Middle)} {Table.Verdict(ours.Middle / theirs.Middle <= AimOfAYear)}
            - who is on duty at a random instant of five years, below {AimOfAQuestion} ns: {question} ns {Table.Verdict(question.Middle < AimOfAQuestion)}; what is kept for that, five years of five rotas, took {Rounds.Short(kept)} ms in all, on the way
            - a book of 100 desks and 5,000 overrides loaded from its stored form, below {AimOfLoading} ms: {loading} ms {Table.Verdict(loading.Middle < AimOfLoading)}; the first one in the process {Rounds.Short(cold)} ms
            - a document of {BigBook.Lines(BigBook.Yaml())} lines checked, below {AimOfChecking} ms: {checking} ms {Table.Verdict(checking.Middle < AimOfChecking)}
            """;
    }

    private static int Year(RotaBook book) => book.Content.Rotas.Sum(rota => DutyTimeline.Between(book, rota, DeskYear.From, DeskYear.To).Periods.Count);

    private static string Compare(BookContent content, List<List<IcalYear.Occurred>> occurred)
    {
        var book = new RotaBook(1, content);
        var count = 0;
        for (var desk = 0; desk < DeskYear.Desks; desk++)
        {
            var ours = DutyTimeline.Between(book, content.Rotas[desk], DeskYear.From, DeskYear.To).Periods
                .Select(period => (period.Start, period.End, Advisers: string.Join(' ', period.Advisers))).ToList();
            var theirs = IcalYear.Resolve(content, desk, occurred[desk]);
            if (!ours.SequenceEqual(theirs))
            {
                var (one, other) = ours.Zip(theirs).FirstOrDefault(pair => pair.First != pair.Second);
                throw new InvalidOperationException($"the two do not agree on desk {desk}: {ours.Count} and {theirs.Count} periods, first {one} and {other}");
            }

            count += ours.Count;
        }

        return $"Results equal: {count} periods, once the layers, absences and overrides were applied to the {occurred.Sum(desk => desk.Count)} occurrences (not timed).";
    }

    /// <summary>Milliseconds by which the first pass is longer, since it works out what is kept; and nanoseconds for a question.</summary>
    private static (double Kept, Rounds Question) Ask(BookContent content)
    {
        var random = new Random(17);
        var seconds = (long)(5 * 365.25 * 86_400);
        var instants = Enumerable.Range(0, Questions).Select(_ => DeskYear.From + Duration.FromSeconds(random.NextInt64(seconds))).ToArray();
        WarmUp(() => AskAll(new RotaBook(1, content), instants));
        var book = new RotaBook(1, content);
        var first = Once(() => AskAll(book, instants));
        var passes = Enumerable.Range(0, Rounds.Count).Select(_ => Once(() => AskAll(book, instants))).ToList();
        return (first - passes.Min(), Rounds.Of(passes, pass => pass * 1_000_000 / Questions));
    }

    private static int AskAll(RotaBook book, Instant[] instants)
    {
        var rotas = book.Content.Rotas;
        var found = 0;
        for (var i = 0; i < instants.Length; i++)
        {
            found += DutyTimeline.Who(book, rotas[i % rotas.Count], instants[i]).Count;
        }

        return found;
    }

    private static int Load(byte[] json)
    {
        var check = RotaCheck.Check([RotaDocument.Read(json, DocumentForm.Json)], BookContent.Empty, prune: true);
        return new RotaBook(1, check.Content ?? throw new InvalidOperationException($"the book has errors: {check.Problems[0].Sentence}")).Advisers.Count;
    }

    private static int Check(byte[] yaml)
    {
        var check = RotaCheck.Check([RotaDocument.Read(yaml, DocumentForm.Yaml)], BookContent.Empty, prune: true);
        var publication = Publication.Of(RotaBook.Empty, check, DeskYear.From);
        return publication.Book is null ? throw new InvalidOperationException($"the document has errors: {check.Problems[0].Sentence}") : publication.Warnings.Count();
    }

    /// <summary>Until the code that runs is the one that a service would run after a while.</summary>
    private static void WarmUp(Func<int> act)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2))
        {
            act();
        }
    }

    private static double Once(Func<int> act)
    {
        var start = Stopwatch.GetTimestamp();
        act();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Milliseconds, the middle one of many runs, each on something new.</summary>
    private static double Median<T>(Func<T> prepare, Func<T, object?> act, int repeats = Repeats)
    {
        var times = new List<double>();
        for (var run = 0; run < repeats; run++)
        {
            var given = prepare();
            var start = Stopwatch.GetTimestamp();
            act(given);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        return times[times.Count / 2];
    }
}
