using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OnCall.Service.Data.Migrations
{
    /// <inheritdoc />
    public partial class Engaged : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string[]>(
                name: "engaged",
                table: "enquiries",
                type: "text[]",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_enquiries_id",
                table: "enquiries",
                column: "id",
                filter: "engaged IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_enquiries_id",
                table: "enquiries");

            migrationBuilder.DropColumn(
                name: "engaged",
                table: "enquiries");
        }
    }
}
