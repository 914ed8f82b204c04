using OnCall.Core.Escalation;
using Shouldly;

namespace OnCall.Core.Tests.Escalation;

/// <summary>What holds for an enquiry at any moment, whatever has happened to it.</summary>
internal static class Standing
{
    public static void Check(Enquiry enquiry, string after)
    {
        var live = enquiry.Pages.Where(page => page.IsLive).ToList();
        var isReminded = enquiry.Stage is Stage.Owed { Because: OwedBecause.Abandoned, Chases: > 0 };
        if (enquiry.Stage is not (Stage.Accepted or Stage.Closed) && !isReminded)
        {
            (enquiry.Deadline is not null || live.Exists(page => page.State is PageState.Requested)).ShouldBeTrue($"no way forward after {after}: {enquiry}");
        }

        // But for the phone of who has it, to connect the two.
        live.Where(page => enquiry.Stage is Stage.Closed || (enquiry.Stage is Stage.Accepted has && has.Adviser != page.Adviser))
            .ShouldBeEmpty($"a phone rings for what is taken or closed, after {after}");

        live.Select(page => page.Adviser).ShouldBeUnique($"two phones ring for one adviser after {after}");
        enquiry.Pages.Select(page => page.Id).ShouldBeUnique();
        enquiry.Pages.Count(page => page.State is PageState.Over { End: PageEnd.Taken }).ShouldBeLessThanOrEqualTo(1, $"taken twice after {after}");
        enquiry.Heard.ShouldBeUnique();
        enquiry.Words.Count.ShouldBeLessThanOrEqualTo(Escalator.MostWords);
        enquiry.PageCount.ShouldBeGreaterThanOrEqualTo(enquiry.Pages.Count);
        if (enquiry.Stage is Stage.Accepted accepted)
        {
            enquiry.AcceptedBy.ShouldBe(accepted.Adviser);
        }
        else if (enquiry.Stage is not Stage.Closed)
        {
            enquiry.AcceptedBy.ShouldBeNull($"owned by one who does not have it, after {after}");
        }

        enquiry.AcceptedAt.HasValue.ShouldBe(enquiry.AcceptedBy is not null);
        enquiry.EndedAt.HasValue.ShouldBe(enquiry.Stage is Stage.Closed);
    }
}
