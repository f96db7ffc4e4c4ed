import { z } from "zod";
import { namesLoopback } from "../../../protocols/rest/base-url.ts";
import { upstreamHost } from "../../../protocols/rest/upstream-url.ts";
import { tablesSchema } from "./tables.ts";

const name = z.string().min(1).max(63);

/** Settings of one database of a customer. */
export const ledgerConfig = z
  .strictObject({
    host: upstreamHost.describe("Host name or address of the primary: a standby cannot be followed."),
    port: z.int().min(1).max(65_535).default(5432).describe("Port of the server."),
    database: name.describe("Name of the database."),
    user: name.describe("Role with REPLICATION and SELECT on the tables."),
    password: z.string().min(1).max(1_024).meta({ secret: true }).describe("Password of the role."),
    tls: z.boolean().default(true).describe("Certificates are always verified; `false` is for this machine only."),
    ca: z.string().min(1).optional().describe("PEM of the authority that signed the server's certificate."),
    publication: name.default("sluice").describe("Publication of the tables, which the database's owner creates."),
    slot: z
      .string()
      .regex(/^[a-z0-9_]{1,63}$/, "must be lower-case letters, digits and underscores, at most 63")
      .optional()
      .describe("Replication slot, which Sluice creates. Default: `sluice_` and the source's id."),
    tables: tablesSchema.describe("Tables, and what their columns mean."),
  })
  .refine(({ tls, host }) => tls || namesLoopback(host.includes(":") ? `[${host}]` : host), {
    path: ["tls"],
    message: "must not be false unless the host is this machine",
  });

export type LedgerConfig = z.infer<typeof ledgerConfig>;
