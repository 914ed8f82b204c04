using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;

#nullable disable

namespace OnCall.Service.Data.Migrations
{
    /// <inheritdoc />
    public partial class Schedule : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "notices",
                columns: table => new
                {
                    kind = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notices", x => new { x.kind, x.subject, x.at });
                });

            migrationBuilder.CreateTable(
                name: "rota_clock",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    looked_until = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rota_clock", x => x.id);
                });

            migrationBuilder.InsertData(
                table: "rota_clock",
                columns: new[] { "id", "looked_until", "revision" },
                values: new object[] { 1, null, 0L });

            migrationBuilder.Sql(QuartzTables.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(QuartzTables.Drop);

            migrationBuilder.DropTable(
                name: "notices");

            migrationBuilder.DropTable(
                name: "rota_clock");
        }
    }
}
