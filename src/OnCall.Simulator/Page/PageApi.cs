using System.Text.Json;
using OnCall.Simulator.Rest;
using OnCall.Simulator.Telephony;

namespace OnCall.Simulator.Page;

/// <summary>What the page of the phones asks and does. No part of Twilio.</summary>
internal sealed class PageApi(Account account)
{
    /// <summary>Snapshots are sent at once on a change, but no closer together than this.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/sim/events", (RequestDelegate)StreamAsync);
        app.MapGet("/sim/recordings/{sid}.wav", (RequestDelegate)PlayAsync);
        app.MapPost("/sim/phones", context => DoAsync<Registration>(context, body =>
        {
            var phone = PhoneNumbers.IsE164(body.Number) ? account.Phone(body.Number) : throw new ArgumentException($"{body.Number} is no number like +447700900101.", nameof(body));
            (phone.Name, phone.Role, phone.Script) = (body.Name ?? phone.Name, body.Role ?? phone.Role, CalleeModes.Read(body.Mode ?? "manual"));
        }));
        OnPhone<Dialling>(app, "dial", (phone, body) => account.Switchboard.Receive(phone, body.To, body.Withheld));
        OnPhone<Nothing>(app, "answer", (phone, _) => Pick(phone, c => c.Status == CallStatus.Ringing && !c.IsInbound).PickUp());
        OnPhone<Nothing>(app, "decline", (phone, _) => Pick(phone, c => c.Status == CallStatus.Ringing && !c.IsInbound).Decline());
        OnPhone<Nothing>(app, "hangup", (phone, _) => Pick(phone, c => !c.IsOver).HangUpByPhone());
        OnPhone<Keys>(app, "press", (phone, body) => Pick(phone, c => c.Status == CallStatus.InProgress).Press(body.Digits));
        OnPhone<Words>(app, "text", (phone, body) => account.TextCentre.Receive(phone, body.To, body.Body));
        OnPhone<Behaviour>(app, "mode", (phone, body) => phone.Script = CalleeModes.Read(body.Mode));
        PageFiles.Map(app);
    }

    private void OnPhone<T>(IEndpointRouteBuilder app, string action, Action<Phone, T> act) =>
        app.MapPost("/sim/phones/{number}/" + action, context => DoAsync<T>(context, body => act(account.Phone((string)context.Request.RouteValues["number"]!), body)));

    /// <summary>The newest call of a phone that an action can mean.</summary>
    private static Call Pick(Phone phone, Predicate<Call> which) => phone.Legs.FindLast(which) ?? throw new InvalidOperationException("There is no such call on this phone any more.");

    private async Task DoAsync<T>(HttpContext context, Action<T> act)
    {
        try
        {
            var body = await context.Request.ReadFromJsonAsync<T>(Json, context.RequestAborted) ?? throw new JsonException("The body is empty.");
            account.Loop.Invoke(() => act(body));
            context.Response.StatusCode = 204;
        }
        catch (Exception refusal) when (refusal is InvalidOperationException or ArgumentException or JsonException)
        {
            context.Response.StatusCode = 409;
            await context.Response.WriteAsJsonAsync(new { title = "That cannot be done", detail = refusal.Message, status = 409 }, Json, "application/problem+json", context.RequestAborted);
        }
    }

    private async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, account.Stopping);
        try
        {
            while (true)
            {
                var next = account.Loop.NextChange;
                var snapshot = JsonSerializer.Serialize(account.Loop.Read(() => Snapshot.Of(account)), Json);
                await context.Response.WriteAsync($"data: {snapshot}\n\n", gone.Token);
                await context.Response.Body.FlushAsync(gone.Token);
                // A person looks at this page: its breath is real time, whatever the simulator's clock says.
                await Task.Delay(Breath, TimeProvider.System, gone.Token);
                await next.WaitAsync(gone.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The reader has left.
        }
    }

    private async Task PlayAsync(HttpContext context)
    {
        var sid = (string)context.Request.RouteValues["sid"]!;
        if (account.Loop.Read(() => account.Recordings.Find(r => r.Sid == sid && r.Status == "completed")) is { } recording)
        {
            context.Response.ContentType = "audio/wav";
            await context.Response.Body.WriteAsync(SoundFiles.Wave(recording.Length), context.RequestAborted);
        }
        else
        {
            context.Response.StatusCode = 404;
        }
    }

    private sealed record Registration(string Number, string? Name, string? Role, string? Mode);

    private sealed record Dialling(string To, bool Withheld);

    private sealed record Keys(string Digits);

    private sealed record Words(string To, string Body);

    private sealed record Behaviour(string Mode);

    private sealed record Nothing;
}
