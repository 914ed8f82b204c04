using CsCheck;
using NodaTime;
using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core.Tests.Duty;

/// <summary>Random books whose one rota has everything that a rota can have, within some days around a clock change.</summary>
internal sealed class RandomBooks
{
    public const int Minutes = 10 * 24 * 60;

    private static readonly Gen<string> Id = Gen.Int[0, 4].Select(index => "abcde"[index].ToString());
    private static readonly Gen<ValueList<string>> Ids = Id.List[1, 4].Select(ids => ids.ToValueList());
    private static readonly Gen<LocalTime> Clock = Gen.Int[0, 95].Select(quarter => LocalTime.FromMinutesSinceMidnight(quarter * 15));
    private static readonly Gen<ValueList<IsoDayOfWeek>> DaysOfWeek =
        Gen.Bool.Array[7].Select(picked => DutyWindow.EveryDay.Where((_, index) => picked[index]).ToValueList());

    private readonly DateTimeZone _zone;
    private readonly LocalDateTime _firstLocal;

    /// <param name="around">An instant in the middle of the grid of <see cref="Minutes"/>.</param>
    public RandomBooks(string zone, Instant around)
    {
        _zone = DateTimeZoneProviders.Tzdb[zone];
        Start = around - Duration.FromDays(5);
        _firstLocal = (around - Duration.FromDays(3)).InZone(_zone).LocalDateTime.With(TimeAdjusters.TruncateToHour);
    }

    /// <summary>Where the grid of minutes begins.</summary>
    public Instant Start { get; }

    public Gen<Override> Override => Gen.Select(Moment, Gen.Int[1, 150], Id, Effect, (start, quarters, adviser, effect) =>
        new Override(null, start, start + Duration.FromMinutes(quarters * 15), adviser, effect, null));

    public Gen<RotaBook> Book => Gen.Select(
        Layer.List[1, 4], Override.List[0, 5], Absence.List[0, 3], Gen.Int[0, 3], Membership, (layers, overrides, absences, cover, membership) =>
            new RotaBook(1, new BookContent
            {
                Zone = _zone,
                Advisers = new[] { "a", "b", "c", "d", "e" }.Select(id => Adviser(id, id == "a" ? membership : default)).ToValueList(),
                Rotas = [new Rota("r", "R", _zone, cover, layers.Select((layer, index) => layer with { Name = $"layer {index}" }).ToValueList(), overrides.ToValueList())],
                Absences = absences.ToValueList(),
            }));

    public Gen<Instant> Moment => Gen.Int[0, 5 * 96].Select(quarter => Start + Duration.FromDays(2) + Duration.FromMinutes(quarter * 15));

    private Gen<LocalDateTime> Local => Gen.Int[0, 4 * 96].Select(quarter => _firstLocal.PlusMinutes(quarter * 15));

    private static Gen<OverrideEffect> Effect => Gen.OneOf<OverrideEffect>(
        Id.Select(id => (OverrideEffect)new OverrideEffect.InPlaceOf(id)),
        Id.Select(id => (OverrideEffect)new OverrideEffect.InPlaceOf(id)),
        Gen.Const<OverrideEffect>(new OverrideEffect.Alone()),
        Gen.Const<OverrideEffect>(new OverrideEffect.Adds()));

    private Gen<Absence> Absence => Gen.Select(Id, Moment, Gen.Int[0, 300], (adviser, start, quarters) =>
        new Absence(null, adviser, start, quarters == 0 ? null : start + Duration.FromMinutes(quarters * 15), null));

    private Gen<(Instant? From, Instant? Until)> Membership => Gen.Select(
        Gen.Int[0, 3], Moment, (which, moment) => (which == 0 ? moment : (Instant?)null, which == 1 ? moment : (Instant?)null));

    private Gen<Layer> Layer => Gen.Select(Duty, Window.List[0, 2], Membership, (duty, windows, limits) =>
        new Layer("", limits.From, limits.Until, windows.Where(window => window.Days.Count > 0).ToValueList(), duty));

    private static Gen<DutyWindow> Window => Gen.Select(DaysOfWeek, Clock, Clock, (days, from, to) => new DutyWindow(days, from, to));

    private Gen<LayerDuty> Duty => Gen.OneOf(Rotation, Rotation, Pattern, Dated);

    private Gen<LayerDuty> Rotation => Gen.Select(Local, Turn, Ids, (start, turn, ids) => (LayerDuty)new Rotation(start, null, turn, ids));

    private static Gen<Turn> Turn => Gen.OneOf<Turn>(
        Gen.Int[1, 3].Select(days => (Turn)new Turn.Days(days)),
        Gen.Int[1, 2].Select(months => (Turn)new Turn.Months(months)),
        Gen.Int[3, 200].Select(quarters => (Turn)new Turn.Elapsed(Duration.FromMinutes(quarters * 15))));

    private Gen<LayerDuty> Pattern => Gen.Select(
        Local, Gen.Select(Clock, Clock).List[1, 3], Gen.Int[0, 3].List[1, 5], Gen.Select(Ids, Gen.Int[-7, 7]).List[1, 3], (start, clocks, cycle, teams) =>
        {
            var shifts = clocks.Select((pair, index) => new PatternShift($"S{index}", pair.Item1, pair.Item2)).ToValueList();
            return (LayerDuty)new ShiftPattern(
                start.Date,
                shifts,
                cycle.Select(code => code < shifts.Count ? shifts[code].Code : null).ToValueList(),
                teams.Select(team => new PatternTeam(team.Item1, team.Item2)).ToValueList());
        });

    private Gen<LayerDuty> Dated => Gen.Select(Moment, Gen.Int[1, 100], Id, (start, quarters, adviser) =>
            new DatedShift(start, start + Duration.FromMinutes(quarters * 15), adviser))
        .List[1, 4].Select(shifts => (LayerDuty)new DatedShifts(shifts.ToValueList()));

    private static Adviser Adviser(string id, (Instant? From, Instant? Until) membership) =>
        new(id, id, PhoneNumber.Parse("+447700900101"), null, null, [], membership.From, membership.Until);
}
