using System.CommandLine;
using System.Text.Json;
using OnCall.Simulator;

var url = new Option<string>("--urls") { Description = "Where the REST API and the page listen.", DefaultValueFactory = _ => "http://127.0.0.1:5300" };
var accountSid = new Option<string>("--account-sid") { Description = "AC and 32 hexadecimal digits.", DefaultValueFactory = _ => new SimulatorOptions().AccountSid };
var authToken = new Option<string>("--auth-token") { Description = "Authenticates REST and signs webhooks.", DefaultValueFactory = _ => new SimulatorOptions().AuthToken };
var callsPerSecond = new Option<double>("--calls-per-second") { Description = "Calls made by REST that start per second.", DefaultValueFactory = _ => 1 };
var world = new Argument<FileInfo?>("world") { Description = "A JSON file of the account's numbers and of phones.", Arity = ArgumentArity.ZeroOrOne };

var command = new RootCommand("A stand-in for Twilio: REST API, TwiML, webhooks, and a page of telephones.") { url, accountSid, authToken, callsPerSecond, world };
command.SetAction(async (arguments, stop) =>
{
    var options = new SimulatorOptions
    {
        Url = arguments.GetRequiredValue(url),
        AccountSid = arguments.GetRequiredValue(accountSid),
        AuthToken = arguments.GetRequiredValue(authToken),
        CallsPerSecond = arguments.GetRequiredValue(callsPerSecond),
    };
    try
    {
        var known = arguments.GetValue(world) is { } file ? WorldFile.Read(file) : null;
        await using var simulator = await TwilioSimulator.StartAsync(options);
        known?.Furnish(simulator);
        Console.WriteLine($"The simulator listens at {simulator.BaseAddress} (phones: {simulator.BaseAddress}sim/)");
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        return 0;
    }
    catch (OperationCanceledException)
    {
        return 0;
    }
    catch (Exception refusal) when (refusal is IOException or JsonException or ArgumentException)
    {
        await Console.Error.WriteLineAsync(refusal.Message);
        return 1;
    }
});
return await command.Parse(args).InvokeAsync();
