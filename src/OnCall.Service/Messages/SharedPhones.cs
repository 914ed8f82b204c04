using NodaTime.Extensions;
using OnCall.Core.Duty;
using OnCall.Core.Messages;
using OnCall.Core.People;
using OnCall.Service.Rotas;

namespace OnCall.Service.Messages;

/// <summary>Who writes from an adviser's number. A desk may have one duty phone that goes from hand to hand, and then the number is several advisers': it is the one whose enquiry the text means, else who is on duty.</summary>
internal sealed class SharedPhones(AdvisersEnquiries theirs, CurrentBook current, TimeProvider time)
{
    /// <returns>Null = it is no adviser's number.</returns>
    public async Task<Adviser?> OfAsync(PhoneNumber from, string? body, CancellationToken stop)
    {
        var (book, now) = (current.Book, time.GetCurrentInstant());
        var those = book.Content.Advisers.Where(adviser => adviser.Sms == from || adviser.Phone == from).ToList();
        if (those.Count < 2)
        {
            return those.FirstOrDefault();
        }

        var onDuty = book.Content.Rotas.SelectMany(rota => DutyTimeline.Who(book, rota, now)).Select(on => on.Adviser.Id).ToHashSet();
        var reply = new ReplyReader(book.Content.Desks, book.Topics).Read(body);
        List<Adviser> likely = [.. those.OrderByDescending(adviser => onDuty.Contains(adviser.Id))];
        foreach (var adviser in likely)
        {
            if (await IsMeantAsync(adviser.Id, reply, stop))
            {
                return adviser;
            }
        }

        return likely[0];
    }

    private async Task<bool> IsMeantAsync(string adviser, Reply reply, CancellationToken stop) => reply switch
    {
        Reply.Take => (await theirs.OfferedAsync(adviser, null, stop)).Count > 0,
        Reply.Pass pass => (await theirs.OfferedAsync(adviser, null, stop)).Count > 0 || await HasAsync(adviser, pass.Ref, stop),
        Reply.Done done => await HasAsync(adviser, done.Ref, stop),
        Reply.Call call => await HasAsync(adviser, call.Ref, stop),
        Reply.Words words => await HasAsync(adviser, words.Ref, stop),
        _ => false,
    };

    private async Task<bool> HasAsync(string adviser, string? shortRef, CancellationToken stop) =>
        (await theirs.HeldAsync(adviser, stop)).Exists(enquiry => shortRef is null || enquiry.Ref == shortRef);
}
