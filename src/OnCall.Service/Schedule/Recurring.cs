using NodaTime;

namespace OnCall.Service.Schedule;

/// <summary>Something that is done again and again, by one node at a time. A time that was missed is made up for once.</summary>
/// <param name="Name">Its name in the calendar of all nodes.</param>
/// <param name="Job">What does it: an <see cref="Quartz.IJob"/>. It may be done twice, and be cut off.</param>
/// <param name="IsWanted">False = what an earlier version, or setting, has planned of it is taken out.</param>
internal sealed record Recurring(string Name, Type Job, Duration Every, bool IsWanted = true);
