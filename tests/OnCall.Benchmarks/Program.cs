using OnCall.Benchmarks;
using OnCall.Service.Ops;

string[] known = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];
if (args is [Yardsticks.Word, .. var settings])
{
    await Yardsticks.ServeAsync(settings);
    return 0;
}

var wanted = args is [] or ["all"] ? known : args;
if (wanted.Except(known).Any())
{
    await Console.Error.WriteLineAsync("Which: a (webhooks), b (key to call), c (steps that end together), d (memory), e (the rota engine), f (a busy minute, 15 min), g (one call a second, 17 min), h (a million stored), i (texts through the relay), j (duty read beside calls), k (long documents published beside calls), l (calls while the database is away, 3 min), all.");
    return 2;
}

try
{
    if (wanted.Contains("e"))
    {
        await Console.Out.WriteLineAsync(DutySpeed.Measure());
    }

    wanted = [.. wanted.Where(which => which != "e")];
    if (wanted.Length == 0)
    {
        return 0;
    }

    await using var rig = await Rig.StartAsync();
    await Console.Out.WriteLineAsync(await rig.DescribeAsync());
    foreach (var which in wanted)
    {
        await Console.Out.WriteLineAsync(which switch
        {
            "a" => await WebhookRates.MeasureAsync(rig),
            "b" => await KeyToCall.MeasureAsync(rig),
            "c" => await StepsTogether.MeasureAsync(rig),
            "d" => await HeldMemory.MeasureAsync(rig),
            "f" => await BusyMinute.MeasureAsync(rig),
            "g" => await BusyMinute.MeasureSlowAsync(rig),
            "h" => await ManyStored.MeasureAsync(rig),
            "j" => await ApiBesideCalls.MeasureReadsAsync(rig),
            "k" => await ApiBesideCalls.MeasureImportsAsync(rig),
            "l" => await OutageCalls.MeasureAsync(rig),
            _ => await TextRelay.MeasureAsync(rig),
        });
    }

    return 0;
}
catch (Exception e) when (e is OperatorException or InvalidOperationException)
{
    await Console.Error.WriteLineAsync($"It could not run: {e.Message}");
    return 1;
}
