using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace OnCall.Service.Messages;

/// <summary>A text that came in, by Twilio's name for it: a second delivery of it changes nothing.</summary>
internal sealed class InboxRow : IEntityTypeConfiguration<InboxRow>
{
    public string MessageSid { get; set; } = "";

    public Instant At { get; set; }

    public void Configure(EntityTypeBuilder<InboxRow> builder) => builder.ToTable("inbox").HasKey(row => row.MessageSid);
}
