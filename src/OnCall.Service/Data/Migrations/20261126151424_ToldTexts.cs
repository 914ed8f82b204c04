using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;

#nullable disable

namespace OnCall.Service.Data.Migrations
{
    /// <inheritdoc />
    public partial class ToldTexts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "told_texts",
                columns: table => new
                {
                    sid = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_told_texts", x => x.sid);
                });

            migrationBuilder.CreateIndex(
                name: "ix_told_texts_at",
                table: "told_texts",
                column: "at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "told_texts");
        }
    }
}
