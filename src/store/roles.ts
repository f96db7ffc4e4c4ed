/** Role of every transaction of a tenant. It owns nothing, so row-level security applies to it. */
export const APPLICATION_ROLE = "sluice_app";

/**
 * Role that finds and claims work over all tenants. It may read the ids, due times and leases of waiting work, and
 * extend leases; no column with data of a tenant.
 */
export const WORK_ROLE = "sluice_work";
