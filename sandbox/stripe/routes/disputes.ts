import { z } from "zod";
import { boolean, expand, ignored, mergeMetadata, metadata, parseParams } from "../request/params.ts";
import { closeDispute, updateDispute } from "../operations/disputes.ts";
import { NO_EVIDENCE } from "../objects/dispute.ts";
import { changedText, readRoutes, type Route } from "./route.ts";

const { enhanced_evidence: _nested, appeal: _appeal, ...plainEvidence } = NO_EVIDENCE;
const evidence = z
  .strictObject(Object.fromEntries(Object.keys(plainEvidence).map((name) => [name, z.string()])))
  .partial()
  .transform((value) =>
    Object.fromEntries(Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === "string")),
  );

const schema = z.strictObject({
  evidence: evidence.optional(),
  metadata: metadata.optional(),
  submit: boolean.default(true),
  intended_submission_method: ignored,
  expand,
});

/** `/v1/disputes` */
export const disputeRoutes: readonly Route[] = [
  ...readRoutes({ type: "dispute", url: "/v1/disputes", filters: ["charge", "payment_intent"] }),
  {
    method: "POST",
    path: "/v1/disputes/:id",
    handle(account, request) {
      const params = parseParams(schema, request.params);
      const before = account.world.store.get("dispute", request.id)?.metadata ?? {};
      updateDispute(account, request.id, {
        evidence: params.evidence ?? {},
        metadata: params.metadata === undefined ? undefined : mergeMetadata(before, params.metadata),
        submit: params.submit,
      });
      return changedText(account, "dispute", request.id, request);
    },
  },
  {
    method: "POST",
    path: "/v1/disputes/:id/close",
    handle(account, request) {
      parseParams(z.strictObject({ expand }), request.params);
      closeDispute(account, request.id);
      return changedText(account, "dispute", request.id, request);
    },
  },
];
