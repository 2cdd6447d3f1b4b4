-- The role daemon and commands take on when they may. Cluster-wide, so another database may have made it already.
-- Idempotent.

do $$
begin
    create role lexrelay_worker nologin;
exception when duplicate_object or unique_violation then
    null;
end
$$;
