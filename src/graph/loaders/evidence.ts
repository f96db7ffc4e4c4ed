import { type EvidencePackRow, findEvidencePacks, listEvidencePacks } from "../queries/find-evidence.ts";
import type { PageRequest } from "../queries/page.ts";
import { rowById } from "./by-id.ts";
import { type LoaderSpec, reading } from "./define-loader.ts";

/** Evidence packs by id; undefined if there is none. */
export const evidencePackById = rowById(findEvidencePacks);

/** Pages of the evidence packs, the newest first. */
export const evidencePackPage: LoaderSpec<PageRequest, readonly EvidencePackRow[]> = {
  key: (key) => JSON.stringify(key),
  maxBatch: 1,
  load: reading(async (tx, pages) => {
    const found: (readonly EvidencePackRow[])[] = [];
    for (const page of pages) found.push(await listEvidencePacks(tx, page));
    return found;
  }),
};
