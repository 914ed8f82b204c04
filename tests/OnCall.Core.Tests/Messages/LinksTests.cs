using OnCall.Core.Messages;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Messages;

public sealed class LinksTests
{
    [Theory]
    [InlineData("see https://example.org/a?b=1#c.", "see (link).", true)]
    [InlineData("HTTP://example.org and www.example.org/p.jpg, please", "(link) and (link), please", true)]
    [InlineData("(https://example.org)", "((link))", true)]
    [InlineData("https://example.org/mms/1", "", true)]
    [InlineData(" www.example.org\n", "", true)]
    [InlineData("mail a@www.example.org, form E1, 3.5 hours", "mail a@www.example.org, form E1, 3.5 hours", false)]
    [InlineData("https:// is no link", "https:// is no link", false)]
    [InlineData("", "", false)]
    public void Without_AText_LeavesOutItsLinks(string text, string words, bool had) => Links.Without(text, "(link)").ShouldBe((words, had));
}
