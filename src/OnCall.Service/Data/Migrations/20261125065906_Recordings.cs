using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;

#nullable disable

namespace OnCall.Service.Data.Migrations
{
    /// <inheritdoc />
    public partial class Recordings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "recordings",
                columns: table => new
                {
                    sid = table.Column<string>(type: "text", nullable: false),
                    enquiry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kept_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    sound = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recordings", x => x.sid);
                });

            migrationBuilder.CreateIndex(
                name: "ix_recordings_enquiry_id",
                table: "recordings",
                column: "enquiry_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "recordings");
        }
    }
}
