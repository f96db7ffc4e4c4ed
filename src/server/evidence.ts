import type { FastifyInstance } from "fastify";
import { Readable } from "node:stream";
import { requireScope } from "../../resolvers/require-scope.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import type { EvidencePacks } from "../evidence/evidence-packs.ts";
import { callerOf, type IdentifyCaller } from "./http/caller.ts";
import { auditPrincipal } from "./record-mutations.ts";

export interface EvidenceRouteOptions {
  readonly evidencePacks: Pick<EvidencePacks, "open">;
  readonly auditTrail: AuditTrail;
  readonly identify: IdentifyCaller;
}

interface Route {
  Params: { readonly id: string };
}

/** Registers `GET /evidence/{id}`, which returns an evidence pack. Each download is recorded in the audit trail. */
export function registerEvidenceRoute(app: FastifyInstance, options: EvidenceRouteOptions): void {
  const { evidencePacks, auditTrail, identify } = options;
  app.route<Route>({
    method: "GET",
    url: "/evidence/:id",
    onRequest: async (request) => requireScope(await identify(request), "admin"),
    async handler(request, reply) {
      const caller = callerOf(request);
      const { id } = request.params;
      const requested = {
        tenantId: caller.tenantId,
        action: "evidence.downloaded",
        principal: auditPrincipal(caller),
        requestId: request.id,
        remoteAddress: request.ip,
        arguments: { id },
        subject: { type: "EVIDENCE_PACK", id },
      };
      const pack = await auditTrail.record(requested, { isAtomic: true }, () =>
        evidencePacks.open(caller.tenantId, id),
      );
      return reply
        .header("content-type", "application/zip")
        .header("content-length", String(pack.size))
        .header("content-disposition", `attachment; filename="${id}.zip"`)
        .header("x-content-type-options", "nosniff")
        .header("cache-control", "no-store")
        .send(Readable.from(pack.bytes, { objectMode: false }));
    },
  });
}
