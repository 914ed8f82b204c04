namespace OnCall.Service.OpenApi;

/// <summary>What parameters mean; the same word means the same everywhere.</summary>
internal static class Parameters
{
    private const string Moment = "RFC 3339 with an offset";

    private static readonly Dictionary<string, (string Text, string? Format, string? Example)> OfPaths = new()
    {
        ["id"] = ("Its id; of a line its number, with the + as `%2B`.", null, null),
        ["oid"] = ("The override's id or, without one, its place.", null, null),
        ["aid"] = ("The absence's id.", null, null),
        ["number"] = ("A number in E.164 form; the + may be left out of an address.", null, "+442079460101"),
        ["key"] = ("The enquiry's ref or id.", null, "4821"),
        ["revision"] = ("The revision's number.", null, null),
    };

    private static readonly Dictionary<string, (string Text, string? Format, string? Example)> OfQueries = new()
    {
        ["id"] = ("Only what concerns this: an id, a name, a ref.", null, "4821"),
        ["number"] = ("Only enquiries of this number, E.164; the + may be left out of an address. Takes an auditor's or administrator's key.", null, "+447700900201"),
        ["key"] = ("The key that the caller presses; none if left out.", null, "1"),
        ["at"] = ($"The instant, {Moment}; now if left out.", "date-time", "2026-11-03T18:00:00+00:00"),
        ["from"] = ($"From when, inclusive: {Moment}.", "date-time", "2026-11-01T00:00:00+00:00"),
        ["to"] = ($"Until when, exclusive: {Moment}.", "date-time", "2026-12-01T00:00:00+00:00"),
        ["limit"] = ("How many a page holds: 1 to 500.", null, null),
        ["after"] = ("`next` of the page before.", null, null),
        ["effective"] = ("For a rota: from when it counts, as the rota document writes times. What was before then stays as it was. Left out, it takes the place of what is stored.", null, "2026-12-01T09:00"),
        ["dryRun"] = ("Says what would happen, and does not do it.", null, null),
        ["prune"] = ("Removes what the document does not have. Takes the administrator's role.", null, null),
        ["rota"] = ("For dated shifts: the rota to which they belong.", null, null),
        ["layer"] = ("For dated shifts: the layer of the rota that they make up.", null, null),
        ["state"] = ("Only enquiries in this state.", null, "paging"),
        ["desk"] = ("Only this desk's.", null, "extradition"),
        ["actor"] = ("Only what this key or user did.", null, "p.lane"),
        ["kind"] = ("Only entries of this kind.", null, "import"),
    };

    /// <summary>What a parameter is, its format, and an example.</summary>
    public static (string Text, string? Format, string? Example) Of(string name, bool isInPath) => (isInPath ? OfPaths : OfQueries)[name];
}
