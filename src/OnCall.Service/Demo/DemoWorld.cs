using System.Globalization;
using OnCall.Core.Rotas;
using OnCall.Service.Audit;
using OnCall.Service.Ops;
using OnCall.Service.Rotas;
using OnCall.Simulator;

namespace OnCall.Service.Demo;

/// <summary>What the demo runs: a private database, the simulator with everybody's phone, the service in this process.</summary>
internal sealed class DemoWorld : IAsyncDisposable
{
    private const string Sample = "iccc.yaml";
    private const string AdminKey = "demo";

    /// <summary>Officers of two forces of the sample, and one whose number tells no force and takes texts.</summary>
    private static readonly (string Number, string Name)[] Officers =
    [
        ("+441632960105", "Officer, Essex Police"),
        ("+442920180105", "Officer, South Wales Police"),
        ("+447700900201", "Officer with a mobile"),
    ];

    private readonly PrivatePostgres _postgres;
    private readonly DirectoryInfo _journal;
    private readonly TwilioSimulator _twilio;
    private readonly WebApplication _service;
    private readonly RotaBook _book;

    private DemoWorld(PrivatePostgres postgres, DirectoryInfo journal, TwilioSimulator twilio, WebApplication service, RotaBook book) =>
        (_postgres, _journal, _twilio, _service, _book) = (postgres, journal, twilio, service, book);

    public TwilioSimulator Twilio => _twilio;

    /// <summary>What to open, and what to do there.</summary>
    public string Welcome
    {
        get
        {
            var line = _book.Content.Lines[0];
            var api = _service.Urls.First();
            return $"""

                The phones   {_twilio.BaseAddress}sim/
                             Open it in a browser: dial {line.Number} on an officer's phone, press a key of the menu, answer as an adviser.
                The line     {line.Number} ({line.Name}); texts to {line.TextNumber}
                The API      {api}/api/v1/on-duty, with the key {AdminKey}:
                             curl -H 'Authorization: Bearer {AdminKey}' {api}/api/v1/on-duty

                Ctrl-C ends the demo and removes everything.
                """;
        }
    }

    /// <param name="settings">Settings of the command line; those that the demo needs win over them, the database's above all.</param>
    public static async Task<DemoWorld> StartAsync(string[] settings, int port, double callsPerSecond, CancellationToken stop)
    {
        var postgres = await PrivatePostgres.StartAsync(durable: false, stop);
        var journal = Directory.CreateTempSubdirectory("oncall-demo-");
        TwilioSimulator? twilio = null;
        WebApplication? service = null;
        try
        {
            twilio = await TwilioSimulator.StartAsync(new SimulatorOptions { Url = Loopback(port + 1), CallsPerSecond = callsPerSecond });
            string[] all = [.. settings, .. Settings(postgres, journal, twilio, port, callsPerSecond)];
            var book = await LoadSampleAsync(all, stop);
            Connect(twilio, book);
            service = Rooms.BuildService(all);
            await service.StartAsync(stop);

            // The service leads the numbers to itself, as it does at Twilio.
            await twilio.WaitForAsync(() => twilio.Numbers.All(number => number.VoiceUrl is not null), stop);
            return new DemoWorld(postgres, journal, twilio, service, book);
        }
        catch
        {
            await EndAsync(service, twilio, postgres, journal);
            throw;
        }
    }

    /// <summary>Runs until Ctrl-C or SIGTERM.</summary>
    public Task RunAsync(CancellationToken stop) => _service.WaitForShutdownAsync(stop);

    public async ValueTask DisposeAsync() => await EndAsync(_service, _twilio, _postgres, _journal);

    // Nothing that a node's own settings name is written to.
    private static string[] Settings(PrivatePostgres postgres, DirectoryInfo journal, TwilioSimulator twilio, int port, double callsPerSecond) =>
    [
        $"--ConnectionStrings:OnCall={postgres.ConnectionString}",
        $"--urls={Loopback(port)}",
        $"--OnCall:PublicUrl={Loopback(port)}",
        $"--OnCall:AdminKey={AdminKey}",
        $"--OnCall:JournalFolder={journal.FullName}",
        "--OnCall:FallbackUrl=",
        "--OnCall:FallbackExport=",
        "--OnCall:AuditHeadFile=",
        $"--Twilio:AccountSid={twilio.AccountSid}",
        $"--Twilio:AuthToken={twilio.AuthToken}",
        "--Twilio:SecondaryAuthToken=",
        $"--Twilio:ApiBaseUrl={twilio.BaseAddress.ToString().TrimEnd('/')}",
        "--Twilio:ManageNumbers=true",
        string.Create(CultureInfo.InvariantCulture, $"--Twilio:CallsPerSecond={callsPerSecond}"),
        "--Twilio:MessagesPerSecond=10",
        "--Serilog:MinimumLevel:Default=Warning",
        "--Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime=Warning",
    ];

    private static string Loopback(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    /// <summary>Migrates the database and publishes the sample, as <c>oncall migrate</c> and <c>oncall import</c> would.</summary>
    private static async Task<RotaBook> LoadSampleAsync(string[] settings, CancellationToken stop)
    {
        using var host = Rooms.BuildTool(settings);
        await MigrateCommand.MigrateAsync(host.Services, stop);
        await using var sample = typeof(DemoWorld).Assembly.GetManifestResourceStream(Sample)!;
        using var bytes = new MemoryStream();
        await sample.CopyToAsync(bytes, stop);
        var draft = RotaDocument.Read(bytes.ToArray(), DocumentForm.Yaml, Sample);
        var publication = await host.Services.GetRequiredService<BookStore>()
            .PublishAsync([draft], prune: false, dryRun: false, Origin.CommandLine, stop);
        return publication.Book ?? throw new InvalidOperationException(new ImportReport(ImportOutcome.Of(publication), dryRun: false).Text());
    }

    private static void Connect(TwilioSimulator twilio, RotaBook book)
    {
        foreach (var line in book.Content.Lines)
        {
            foreach (var number in new[] { line.Number, line.TextNumber }.Distinct())
            {
                twilio.AddNumber(number.Value, name: line.Name);
            }
        }

        foreach (var (number, name) in Officers)
        {
            Name(twilio.Phone(number), name, "officer");
        }

        foreach (var adviser in book.Content.Advisers)
        {
            Name(twilio.Phone(adviser.Phone.Value), adviser.Name, "adviser");
        }
    }

    /// <summary>Gives a phone its holder, who answers at the page.</summary>
    private static void Name(Phone phone, string name, string role) => (phone.Name, phone.Role, phone.Script) = (name, role, Callee.Manual());

    private static async Task EndAsync(WebApplication? service, TwilioSimulator? twilio, PrivatePostgres postgres, DirectoryInfo journal)
    {
        if (service is not null)
        {
            await service.StopAsync();
            await service.DisposeAsync();
        }

        await (twilio?.DisposeAsync() ?? ValueTask.CompletedTask);
        await postgres.DisposeAsync();
        journal.Delete(recursive: true);
    }
}
