import { composeSchemaContract } from "@theguild/federation-composition";
import { federateSubgraphsContract } from "@wundergraph/composition";
import { buildSchema, isObjectType, parse, printSchema } from "graphql";
import { CONTRACTS } from "../tools/subgraph-sdl.ts";
import { servicesOf } from "./compose.ts";
import type { Subgraph } from "./subgraph.ts";

/** Composes a supergraph without some tags; returns the SDL of its clients. @throws Error when it cannot be composed */
type ComposeContract = (subgraphs: readonly Subgraph[], excluded: readonly string[]) => string;

const guild: ComposeContract = (subgraphs, excluded) => {
  const { errors, publicSdl } = composeSchemaContract(servicesOf(subgraphs), {
    include: new Set(),
    exclude: new Set(excluded),
  });
  if (errors !== undefined || publicSdl === undefined) throw new Error(JSON.stringify(errors));
  return publicSdl;
};

const wundergraph: ComposeContract = (subgraphs, excluded) => {
  const result = federateSubgraphsContract({
    subgraphs: subgraphs.map(({ name, url, sdl }) => ({ name, url, definitions: parse(sdl) })),
    contractTagOptions: { tagNamesToInclude: new Set(), tagNamesToExclude: new Set(excluded) },
    version: "1",
  });
  if (!result.success) throw new Error(result.errors.map(({ message }) => message).join("\n"));
  return printSchema(result.federatedGraphClientSchema);
};

/** Composers that know contracts, by the name of their package. */
export const CONTRACT_COMPOSERS: Readonly<Record<string, ComposeContract>> = {
  "@theguild/federation-composition": guild,
  "@wundergraph/composition": wundergraph,
};

/** @throws Error unless the contract of partners has what docs/partners.md says, and no more */
export function checkPartnerContract(subgraphs: readonly Subgraph[], compose: ComposeContract): void {
  const schema = buildSchema(compose(subgraphs, CONTRACTS.partner), { assumeValidSDL: true });
  const payment = schema.getType("Payment");
  const fields = isObjectType(payment) ? Object.keys(payment.getFields()) : [];
  if (!fields.includes("order") || fields.includes("raw")) throw new Error(`fields of Payment: ${fields.join()}`);
  const left = ["Delivery", "SyncRun", "RawRecord", "ConnectSourceInput", "QuarantinedRecord"];
  const found = left.filter((name) => schema.getType(name) !== undefined);
  if (found.length > 0) throw new Error(`types that are not for partners: ${found.join()}`);
  if (schema.getMutationType() !== undefined && schema.getMutationType() !== null)
    throw new Error("a mutation is left");
}
