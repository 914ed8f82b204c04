using OnCall.Simulator.Messaging;
using OnCall.Simulator.Timing;
using OnCall.Simulator.Twiml;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Telephony;

/// <summary>Everything that one account has. Touched only inside its loop.</summary>
internal sealed class Account : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Dictionary<string, Call> callsBySid = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Phone> phonesByNumber = new(StringComparer.Ordinal);

    public Account(SimulatorOptions options, Faults faults)
    {
        Options = options;
        Faults = faults;
        Tokens = [options.AuthToken, .. options.SecondaryAuthToken is { } second ? [second] : Array.Empty<string>()];
        Loop = new EventLoop(options.Time, fault => Problems!.Add(new Problem(Loop!.Now, 0, $"the simulator itself failed: {fault}", "simulator")));
        Web = new WebhookClient(this);
        Sounds = new SoundLibrary(this);
        Switchboard = new Switchboard(this);
        TextCentre = new TextCentre(this);
    }

    public SimulatorOptions Options { get; }

    public Faults Faults { get; }

    public EventLoop Loop { get; }

    public WebhookClient Web { get; }

    public SoundLibrary Sounds { get; }

    public Switchboard Switchboard { get; }

    public TextCentre TextCentre { get; }

    /// <summary>Where the REST API is, with a slash at the end; it stands in the addresses of recordings.</summary>
    public Uri ApiUrl { get; set; } = new("http://127.0.0.1/");

    public string Sid => Options.AccountSid;

    /// <summary>The primary token first.</summary>
    public List<string> Tokens { get; }

    public string SigningToken => Tokens[0];

    public CancellationToken Stopping => stopping.Token;

    public List<Problem> Problems { get; } = [];

    public List<WebhookRequest> Webhooks { get; } = [];

    public List<RestRequest> Requests { get; } = [];

    /// <summary>How many of them wait for their answer by the clock.</summary>
    public int Late;

    public List<Call> Calls { get; } = [];

    public List<AccountNumber> Numbers { get; } = [];

    public List<Phone> Phones { get; } = [];

    public List<HoldQueue> Queues { get; } = [];

    public List<Conference> Conferences { get; } = [];

    public List<Recording> Recordings { get; } = [];

    public static string NewSid(string prefix) => prefix + Guid.NewGuid().ToString("N");

    public string Add(Call call)
    {
        var sid = NewSid("CA");
        callsBySid.Add(sid, call);
        Calls.Add(call);
        call.Phone.Legs.Add(call);
        return sid;
    }

    public void Remove(Call call)
    {
        callsBySid.Remove(call.Sid);
        Calls.Remove(call);
    }

    public Call? FindCall(string sid) => callsBySid.GetValueOrDefault(sid);

    public AccountNumber? FindNumber(string number) => Numbers.Find(n => n.Number == number);

    public Phone Phone(string number)
    {
        if (!phonesByNumber.TryGetValue(number, out var phone))
        {
            phonesByNumber.Add(number, phone = new Phone(this, number));
            Phones.Add(phone);
        }

        return phone;
    }

    /// <summary>The queue of that name, made on demand.</summary>
    public HoldQueue Queue(string name)
    {
        var queue = Queues.Find(q => q.Name == name);
        if (queue is null)
        {
            Queues.Add(queue = new HoldQueue(this, name));
        }

        return queue;
    }

    /// <summary>The room of that name that has not ended, made on demand: a new one has a new SID.</summary>
    public Conference Room(string name)
    {
        var room = Conferences.Find(c => c.Name == name && c.Status != Conference.Completed);
        if (room is null)
        {
            Conferences.Add(room = new Conference(this, name));
        }

        return room;
    }

    public void Report(int code, string message, string subject) => Problems.Add(new Problem(Loop.Now, code, message, subject));

    /// <summary>For what Twilio passes over in silence.</summary>
    public void ReportStrict(string message, string subject)
    {
        if (Options.Strict)
        {
            Report(0, message, subject);
        }
    }

    public void Dispose()
    {
        stopping.Cancel();
        Loop.Dispose();
        Web.Dispose();
        stopping.Dispose();
    }
}
