using OnCall.Simulator;

namespace OnCall.Testing;

/// <summary>Where calls are made: on a clock that leaps (<see cref="World"/>), or on the machine's, against the program in a process of its own (<see cref="LiveWorld"/>).</summary>
public interface ICallWorld
{
    TwilioSimulator Twilio { get; }

    DateTimeOffset Now { get; }

    /// <summary>Lets time pass until something is so, looking again after every change.</summary>
    Task UntilAsync(Func<bool> isSo, TimeSpan? most = null);

    /// <summary>What a query of the database gives, one text a row.</summary>
    Task<IReadOnlyList<string>> ReadAsync(string sql);

    /// <summary>Every enquiry, the newest first, as the API shows it.</summary>
    Task<IReadOnlyList<SeenEnquiry>> EnquiriesAsync();
}
