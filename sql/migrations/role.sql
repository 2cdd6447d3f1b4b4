-- The roles: of daemon and commands in one, of each alone (a session takes on the first that it may), and of the practice
-- software, which reads what it gets back. Cluster-wide, so another database may have made them already. Idempotent.

do $$
declare
    wanted text;
begin
    foreach wanted in array array['lexrelay_worker', 'lexrelay_daemon', 'lexrelay_operator', 'lexrelay_host'] loop
        begin
            if to_regrole(wanted) is null then
                execute format('create role %I nologin', wanted);
            end if;
        exception when duplicate_object or unique_violation then
            null;
        end;
    end loop;
end
$$;
