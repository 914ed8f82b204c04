-- What the service may do with its database. Run it as the owner of the tables, once, and again after each `oncall migrate`; then let the service
-- sign in as a member of oncall_service (GRANT oncall_service TO …), and keep the owner for `oncall migrate` alone.
--
-- The audit and its chain can be added to and read, never changed or emptied: not by the service, nor by whoever takes it over. Before and after of an
-- entry are erased by the owner: UPDATE audit SET before = NULL, after = NULL, salt = NULL WHERE …; the chain stays whole.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'oncall_service') THEN
    CREATE ROLE oncall_service NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- another session was first
END $$;

-- At one moment: while it runs again, nobody can use what is taken back at its end.
BEGIN;
GRANT USAGE ON SCHEMA public TO oncall_service;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO oncall_service;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO oncall_service;

REVOKE UPDATE, DELETE, TRUNCATE ON audit, audit_chain FROM oncall_service;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON "__EFMigrationsHistory" FROM oncall_service;
COMMIT;
