using NodaTime;
using OnCall.Core.Rotas;
using OnCall.Soak.Book;
using OnCall.Soak.Carrier;
using OnCall.Soak.Folk;
using OnCall.Soak.Invariants;
using OnCall.Soak.Nodes;

namespace OnCall.Soak;

/// <summary>One advice line with its officers, advisers, coordinators, carriers and nodes, for as long as its plan says, and then until it is quiet.</summary>
internal sealed class World
{
    /// <summary>How long, after the last call came in, everybody does what they should: whatever is open must be somebody's by then.</summary>
    private static readonly Duration QuietTime = Duration.FromDays(3);

    private World(WorldPlan plan, Defect defect, bool writes)
    {
        (Plan, Defect) = (plan, defect);
        Chance = new Chance(plan.Seed);
        Agenda = new Agenda(plan.Start);
        Weather = new Weather(this);
        Nodes = new EnquiryNodes(this);
        Journal = new Journal(this);
        Chain = new ChainDocuments(this);
        Outbox = new Outbox(this);
        Network = new Network(this);
        Advisers = new Advisers(this);
        Officers = new Officers(this);
        Coordinators = new Coordinators(this);
        Watch = new Watch(this, writes);
        Publish(new LineBook(plan.Size, Chance, London.Wall(plan.Start).Date).Build());
    }

    public WorldPlan Plan { get; }

    public Defect Defect { get; }

    public Chance Chance { get; }

    public Agenda Agenda { get; }

    public Weather Weather { get; }

    public EnquiryNodes Nodes { get; }

    public Journal Journal { get; }

    public ChainDocuments Chain { get; }

    public Outbox Outbox { get; }

    public Network Network { get; }

    public Advisers Advisers { get; }

    public Officers Officers { get; }

    public Coordinators Coordinators { get; }

    public Watch Watch { get; }

    /// <summary>The book in force.</summary>
    public RotaBook Book { get; private set; } = RotaBook.Empty;

    /// <summary>Since when that is.</summary>
    public Instant PublishedAt { get; private set; }

    /// <summary>Who is on duty by the book in force.</summary>
    public DutyOracle Duty { get; private set; } = new(RotaBook.Empty);

    public Instant Now => Agenda.Now;

    /// <summary>No more calls come in, and everybody does what they should.</summary>
    public bool IsQuiet => Now >= Plan.End;

    /// <summary>Lives through a plan. One in which something does not hold is lived again, and written down this time: writing takes as long as living.</summary>
    /// <param name="plant">What is wrong with the world; null = nothing.</param>
    /// <exception cref="BreachException">Something that must hold did not.</exception>
    public static Figures Live(WorldPlan plan, Func<Defect>? plant = null)
    {
        try
        {
            return Live(plan, plant?.Invoke() ?? Defect.None, writes: false);
        }
        catch (BreachException)
        {
            return Live(plan, plant?.Invoke() ?? Defect.None, writes: true);
        }
    }

    private static Figures Live(WorldPlan plan, Defect defect, bool writes)
    {
        var world = new World(plan, defect, writes);
        world.Weather.Begin();
        world.Officers.Begin();
        world.Coordinators.Begin();
        var end = plan.End + QuietTime;
        while (world.Agenda.DoNext(end))
        {
            world.Watch.TimePasses();
        }

        world.Watch.IsQuiet();
        return world.Watch.Figures;
    }

    public void After(Duration wait, Action what) => Agenda.After(wait, what);

    public void Publish(BookContent content)
    {
        (Book, PublishedAt) = (new RotaBook(Book.Revision + 1, content), Now);
        Duty = new DutyOracle(Book);
    }
}
