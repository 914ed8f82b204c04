using OnCall.Simulator.Rest;
using OnCall.Simulator.Telephony;

namespace OnCall.Simulator;

/// <summary>
/// A stand-in for one Twilio account and all the telephones of the world. It speaks Twilio's REST API, TwiML and webhooks and knows nothing of who uses it.
/// Everything may be called from any thread.
/// </summary>
public sealed class TwilioSimulator : IAsyncDisposable
{
    private readonly Account account;
    private readonly WebFront front;

    private TwilioSimulator(SimulatorOptions options)
    {
        Faults = new Faults(reachable => reachable ? front!.ListenAsync() : front!.RefuseAsync());
        account = new Account(options, Faults);
        front = new WebFront(account);
        account.Loop.Changed += (_, _) => Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Raised after anything visible changed, on any thread, never inside the simulator's own steps.</summary>
    public event EventHandler? Changed;

    /// <summary>The REST API, and below <c>/sim</c> the page of the phones.</summary>
    public Uri BaseAddress => front.BaseAddress;

    public string AccountSid => account.Sid;

    /// <summary>The token that signs webhooks now.</summary>
    public string AuthToken => account.Loop.Read(() => account.SigningToken);

    public Faults Faults { get; }

    /// <summary>Every call, oldest first.</summary>
    public IReadOnlyList<PhoneCall> Calls => account.Loop.Read(() => account.Calls.Select(c => c.Handle).ToArray());

    /// <summary>Every text, in and out, oldest first.</summary>
    public IReadOnlyList<TextMessage> Messages => account.Loop.Read(() => account.TextCentre.Messages.ToArray());

    /// <summary>Every request that arrived at the REST API, in order of arrival.</summary>
    public IReadOnlyList<RestRequest> Requests => account.Loop.Read(() => account.Requests.ToArray());

    /// <summary>Every request made to the customer's server, in order.</summary>
    public IReadOnlyList<WebhookRequest> Webhooks => account.Loop.Read(() => account.Webhooks.ToArray());

    /// <summary>What Twilio would refuse or warn about; a correct customer leaves this empty.</summary>
    public IReadOnlyList<Problem> Problems => account.Loop.Read(() => account.Problems.ToArray());

    /// <summary>The recordings that exist.</summary>
    public IReadOnlyList<Recording> Recordings => account.Loop.Read(() => account.Recordings.ToArray());

    /// <summary>Webhooks and REST requests being processed right now, and own steps not yet run: 0 = nothing more happens before <see cref="NextTimer"/>.</summary>
    public int InFlight => account.Loop.InFlight;

    /// <summary>REST requests whose answer waits for the clock; they are not in flight.</summary>
    public int Late => Volatile.Read(ref account.Late);

    /// <summary>The earliest moment at which something will happen by itself: speech ends, a time-out passes, a turn of a rate comes; null if nothing will.</summary>
    public DateTimeOffset? NextTimer => account.Loop.NextDeadline;

    /// <summary>Every phone that was ever named or called.</summary>
    public IReadOnlyList<Phone> Phones => account.Loop.Read(() => account.Phones.ToArray());

    /// <summary>The account's numbers.</summary>
    public IReadOnlyList<AccountNumber> Numbers => account.Loop.Read(() => account.Numbers.ToArray());

    public static async Task<TwilioSimulator> StartAsync(SimulatorOptions options)
    {
        var simulator = new TwilioSimulator(options);
        await simulator.front.ListenAsync();
        return simulator;
    }

    /// <summary>Gives the account a number. Addresses may be set later, here or by REST.</summary>
    public AccountNumber AddNumber(string number, string? voiceUrl = null, string? smsUrl = null, string? voiceFallbackUrl = null, string? smsFallbackUrl = null, string? statusCallback = null, string name = "")
    {
        return account.Loop.Invoke(() =>
        {
            var added = new AccountNumber
            {
                Sid = Account.NewSid("PN"),
                Number = number,
                FriendlyName = name.Length > 0 ? name : number,
                CreatedAt = account.Loop.Now,
                UpdatedAt = account.Loop.Now,
                VoiceUrl = voiceUrl,
                SmsUrl = smsUrl,
                VoiceFallbackUrl = voiceFallbackUrl,
                SmsFallbackUrl = smsFallbackUrl,
                StatusCallback = statusCallback,
            };
            account.Numbers.Add(added);
            return added;
        });
    }

    /// <summary>The account loses a number: nobody reaches it any more, and nobody is called or texted from it. Calls that are under way go on.</summary>
    public void RemoveNumber(string number) => account.Loop.Invoke(() => account.Numbers.RemoveAll(one => one.Number == number));

    /// <summary>The phone with that number, made on demand; a new one rings out unanswered.</summary>
    public Phone Phone(string number) => account.Loop.Invoke(() => account.Phone(number));

    /// <summary>The secondary token becomes the primary one and signs from now on; the old primary one is gone.</summary>
    public void PromoteSecondaryToken() => account.Loop.Invoke(() => account.Tokens.RemoveAt(0));

    /// <summary>Waits until something is so, looking again after every change.</summary>
    public async Task WaitForAsync(Func<bool> condition, CancellationToken cancellation)
    {
        for (var next = account.Loop.NextChange; !condition(); next = account.Loop.NextChange)
        {
            cancellation.ThrowIfCancellationRequested();
            await next.WaitAsync(cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await front.DisposeAsync();
        account.Dispose();
    }
}
