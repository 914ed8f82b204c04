using NodaTime;

namespace OnCall.Core.Rotas.Documents;

/// <summary>One shift of a list that is being read.</summary>
internal sealed record ShiftSpot(WrittenShift Shift, string Path, Reading Reading)
{
    /// <summary>The shift of each adviser that it names; none where anything is wrong.</summary>
    public IEnumerable<DatedShift> Read(DateTimeZone zone, ShiftAdvisers advisers)
    {
        var times = new DraftNode.Map([Entry("start", Shift.Start), Entry("end", Shift.End)], Shift.Line);
        var stretch = RotaReader.Stretch(new SpotMap(times, Path, Reading), zone);
        var names = advisers.Of(this).ToList();
        return stretch is { } known ? names.Select(adviser => new DatedShift(known.Start, known.End, adviser)) : [];
    }

    public void Fault(string sentence) => Reading.Fault($"{Path}.adviser", Shift.Line, sentence);

    public void Warn(string sentence) => Reading.Warn($"{Path}.adviser", Shift.Line, sentence);

    private DraftEntry Entry(string key, string text) => new(key, new DraftNode.Scalar(text, IsQuoted: false, Shift.Line), Shift.Line);
}
