namespace OnCall.Simulator.Tests;

public sealed class When_texts_are_sent
{
    [Fact]
    public async Task Should_arrive_and_report_every_state_but_the_first()
    {
        await using var world = await World.CreateAsync();
        var sent = await SendAsync(world, "4821: reply 1 to take it");
        sent.Status.ShouldBe(201);
        sent["status"].ShouldBe("queued");
        sent["num_segments"].ShouldBe("1");
        sent["date_sent"].ShouldBeNull();
        await world.PassAsync(3);

        world.Customer.To("/receipt").Select(h => h["MessageStatus"]).ShouldBe(["sent", "delivered"]);
        world.Sim.Phone(World.Adviser).Inbox.ShouldHaveSingleItem().Body.ShouldBe("4821: reply 1 to take it");
        (await world.GetAsync($"Messages/{sent["sid"]}.json"))["status"].ShouldBe("delivered");
    }

    [Fact]
    public async Task Should_report_why_a_text_was_not_delivered()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Phone(World.Adviser).TextOutcome = TextOutcome.Undelivered(30005);
        await SendAsync(world, "hello");
        await world.PassAsync(3);

        world.Customer.To("/receipt")[^1]["ErrorCode"].ShouldBe("30005");
        world.Sim.Phone(World.Adviser).Inbox.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_report_a_text_that_never_left()
    {
        await using var world = await World.CreateAsync();
        world.Sim.Phone(World.Adviser).TextOutcome = TextOutcome.Failed(30007);
        await SendAsync(world, "hello");
        await world.PassAsync(3);

        world.Customer.To("/receipt").Select(h => h["MessageStatus"]).ShouldBe(["failed"]);
    }

    [Fact]
    public async Task Should_leave_no_faster_than_the_sender_may()
    {
        await using var world = await World.CreateAsync(o => o with { MessagesPerSecond = 1 });
        await SendAsync(world, new string('x', 161));
        await SendAsync(world, "second");
        await world.PassAsync(3);

        world.Sim.Messages.Select(m => (m.SentAt - m.CreatedAt)!.Value.TotalSeconds).ShouldBe([0.5, 2.5]);
    }

    [Fact]
    public async Task Should_be_answered_by_the_customers_document()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/sms", "<Message statusCallback=\"/receipt\">Thank you, your ref is 4821.</Message>");
        var text = world.Sim.Phone(World.Officer).Text(World.Line, "extradition\nwho can help?");
        await world.PassAsync(3);

        var asked = world.Customer.To("/sms").ShouldHaveSingleItem();
        asked["Body"].ShouldBe("extradition\nwho can help?");
        asked["MessageSid"].ShouldBe(text.Sid);
        asked["SmsSid"].ShouldBe(text.Sid);
        asked["NumMedia"].ShouldBe("0");
        asked["SmsStatus"].ShouldBe("received");
        world.Sim.Phone(World.Officer).Inbox.ShouldHaveSingleItem().Body.ShouldBe("Thank you, your ref is 4821.");
        world.Sim.Messages[1].Direction.ShouldBe("outbound-reply");
        world.Customer.To("/receipt").Count.ShouldBe(2);
        world.Sim.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_go_to_the_fallback_when_the_customer_fails()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Answers("/sms", _ => Reply.Code(500));
        world.Sim.Phone(World.Officer).Text(World.Line, "hello");
        await world.SettleAsync();

        world.Customer.To("/sms-fallback").ShouldHaveSingleItem()["ErrorCode"].ShouldBe("11200");
    }

    [Fact]
    public async Task Should_be_refused_after_STOP_until_START()
    {
        await using var world = await World.CreateAsync();
        var phone = world.Sim.Phone(World.Adviser);
        phone.Text(World.Line, " stop ");
        await world.PassAsync(3);

        phone.Inbox.ShouldHaveSingleItem().Body.ShouldContain("unsubscribed");
        world.Customer.To("/sms").ShouldHaveSingleItem()["Body"].ShouldBe(" stop ");
        (await SendAsync(world, "hello")).Code.ShouldBe(21610);
        phone.Text(World.Line, "Start");
        await world.PassAsync(3);

        (await SendAsync(world, "hello")).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Should_stop_two_machines_that_answer_each_other()
    {
        await using var world = await World.CreateAsync();
        world.Customer.Says("/sms", "<Message>hello again</Message>");
        for (var i = 0; i < 16; i++)
        {
            world.Sim.Phone(World.Officer).Text(World.Line, "hello");
        }

        await world.SettleAsync();
        world.Sim.Problems.Select(p => p.Code).ShouldBe([14107]);
    }

    [Fact]
    public async Task Should_be_redacted_and_deleted_by_REST()
    {
        await using var world = await World.CreateAsync();
        var sid = (await SendAsync(world, "secret"))["sid"];
        (await world.PostAsync($"Messages/{sid}.json", ("Body", ""))).Code.ShouldBe(20009);
        await world.PassAsync(3);

        (await world.PostAsync($"Messages/{sid}.json", ("Body", "")))["body"].ShouldBe("");
        world.Sim.Phone(World.Adviser).Inbox.ShouldHaveSingleItem().Body.ShouldBe("secret");
        (await world.DeleteAsync($"Messages/{sid}.json")).Status.ShouldBe(204);
        (await world.GetAsync($"Messages/{sid}.json")).Code.ShouldBe(20404);
    }

    public static TheoryData<string, int> Lengths => new()
    {
        { new string('a', 160), 1 },
        { new string('a', 161), 2 },
        { new string('a', 306), 2 },
        { new string('€', 80), 1 },
        { new string('ŵ', 70), 1 },
        { new string('ŵ', 71), 2 },
        { "Pwy sydd ar ddyletswydd heno? â", 1 },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Of_Text_CountsItsSegments(string text, int segments) => Messaging.Segments.Of(text).ShouldBe(segments);

    private static Task<RestReply> SendAsync(World world, string body) =>
        world.PostAsync("Messages.json", ("To", World.Adviser), ("From", World.Line), ("Body", body), ("StatusCallback", world.Customer.At("/receipt")));
}
