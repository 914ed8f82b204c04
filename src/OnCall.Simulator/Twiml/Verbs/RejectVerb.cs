using System.Xml.Linq;
using OnCall.Simulator.Telephony;

namespace OnCall.Simulator.Twiml.Verbs;

/// <summary>Reject. Only as the first verb does it keep a call from being answered. Source: https://www.twilio.com/docs/voice/twiml/reject.</summary>
internal static class RejectVerb
{
    public static Step Perform(Performance performance, XElement verb)
    {
        var call = performance.Call;
        if (call.Status != CallStatus.Ringing)
        {
            performance.Account.Report(12200, "Reject after the call was answered: it only hangs up", performance.Document.Url);
        }
        else
        {
            call.Finish(verb.Text("reason") == "busy" ? CallStatus.Busy : CallStatus.NoAnswer);
        }

        return new Step.Stop(TwimlEnd.HungUp);
    }
}
