using OnCall.Simulator.Telephony;

namespace OnCall.Simulator.Page;

/// <summary>Everything that the page shows, at one moment.</summary>
internal sealed record Snapshot(DateTimeOffset Now, NumberView[] Numbers, PhoneView[] Phones, Problem[] Problems, RecordingView[] Recordings)
{
    private const int LatestCalls = 5;
    private const int LatestTexts = 30;
    private const int LatestHeard = 60;
    private const int LatestProblems = 50;

    public static Snapshot Of(Account account) => new(
        account.Loop.Now,
        [.. account.Numbers.Select(n => new NumberView(n.Number, n.FriendlyName))],
        [.. account.Phones.Select(Show)],
        [.. account.Problems.TakeLast(LatestProblems)],
        [.. account.Recordings.Where(r => r.Status == "completed").Select(r => new RecordingView(r.Sid, r.From, r.Seconds, $"/sim/recordings/{r.Sid}.wav"))]);

    private static PhoneView Show(Phone phone) => new(
        phone.Number,
        phone.Name,
        phone.Role,
        CalleeModes.Name(phone.Script.Mode),
        [.. phone.Legs.TakeLast(LatestCalls).Select(Show)],
        [.. Texts(phone).OrderBy(t => t.At).TakeLast(LatestTexts)]);

    private static CallView Show(Call call) => new(
        call.Sid,
        call.IsInbound ? "out" : "in",
        call.IsInbound ? call.To : call.From,
        call.Status,
        call.EndedAt ?? call.StartedAt ?? call.RangAt ?? call.Created,
        call.Status == CallStatus.Ringing,
        call.Position,
        [.. call.TalksTo.Select(other => other.Phone.Name.Length > 0 ? other.Phone.Name : other.Phone.Number)],
        [.. call.Heard.TakeLast(LatestHeard)]);

    private static IEnumerable<TextView> Texts(Phone phone) => phone.Received.Select(t => new TextView(t.Sid, t.SentAt ?? t.CreatedAt, t.From, t.To, t.Body, "in", t.Status))
        .Concat(phone.Sent.Select(t => new TextView(t.Sid, t.CreatedAt, t.From, t.To, t.Body, "out", t.Status)));
}

internal sealed record NumberView(string Number, string Name);

internal sealed record PhoneView(string Number, string Name, string Role, string Mode, CallView[] Calls, TextView[] Texts);

internal sealed record CallView(string Sid, string Direction, string Other, string Status, DateTimeOffset Since, bool Ringing, string Position, string[] With, Heard[] Heard);

internal sealed record TextView(string Sid, DateTimeOffset At, string From, string To, string Body, string Direction, string Status);

internal sealed record RecordingView(string Sid, string From, int Seconds, string Url);
