using NodaTime;
using static OnCall.Core.Rotas.Documents.RotaWriter;

namespace OnCall.Core.Rotas.Documents;

/// <summary>Writes the layers of a rota.</summary>
internal static class LayerWriter
{
    public static DraftNode Write(Layer layer, DateTimeZone zone) => Map(
        ("name", Text(layer.Name)),
        ("from", Time(layer.From, zone)),
        ("until", Time(layer.Until, zone)),
        ("only", List(layer.Only, Write)),
        ("rotation", layer.Duty is Rotation rotation ? Write(rotation) : null),
        ("pattern", layer.Duty is ShiftPattern pattern ? Write(pattern) : null),
        ("shifts", layer.Duty is DatedShifts dated ? List(dated.Shifts, shift => Write(shift, zone)) : null));

    private static DraftNode.Map Write(DutyWindow window) => Map(
        ("days", window.Days.Equals(DutyWindow.EveryDay) ? null : Texts(window.Days.Select(day => day.ToString()[..3]))),
        ("from", Text(WrittenTime.Write(window.From))),
        ("to", Text(WrittenTime.Write(window.To))));

    private static DraftNode.Map Write(Rotation rotation) => Map(
        ("start", Text(WrittenTime.Write(rotation.Start, rotation.StartOffset))),
        ("turn", Text(WrittenTime.Write(rotation.Turn))),
        ("advisers", Texts(rotation.Advisers)));

    private static DraftNode.Map Write(ShiftPattern pattern) => Map(
        ("start", Text(WrittenTime.Write(pattern.Start))),
        ("shifts", Map([.. pattern.Shifts.Select(shift => (shift.Code, (DraftNode?)Text($"{WrittenTime.Write(shift.From)}-{WrittenTime.Write(shift.To)}")))])),
        ("cycle", Texts(pattern.Cycle.Select(code => code ?? "off"))),
        ("teams", List(pattern.Teams, team => Map(("advisers", Texts(team.Advisers)), ("offset", team.Offset == 0 ? null : Bare(team.Offset))))));

    private static DraftNode.Map Write(DatedShift shift, DateTimeZone zone) => Map(
        ("start", Text(WrittenTime.Write(shift.Start, shift.End, zone).Start)),
        ("end", Text(WrittenTime.Write(shift.Start, shift.End, zone).End)),
        ("adviser", Text(shift.Adviser)));
}
