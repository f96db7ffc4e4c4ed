import type { Company } from "../../shared/company.ts";
import type { Faults } from "../../shared/faults.ts";
import { messageNamed, SERVICE_PATH } from "../wire/contract.ts";
import { bytesOf, encodeMessage, fieldsOf } from "../wire/encode.ts";
import { fundsOf } from "../world/ledger.ts";
import type { Kind, Stored } from "../world/objects.ts";
import { timeOf } from "../world/times.ts";
import type { World } from "../world/world.ts";
import { type ListQuery, pageOf, tokenExpired } from "./pages.ts";
import { readBatchRequest, readListRequest } from "./requests.ts";

export interface MethodOptions {
  readonly world: World;
  readonly company: Company;
  readonly merchantId: string;
  readonly faults: Faults;
  readonly nowMs: () => number;
}

/** A unary method: bytes of the request's message to bytes of the response's. */
export type Method = (options: MethodOptions, request: Uint8Array, path: string) => Uint8Array;

const KINDS_BY_PLURAL: Readonly<Record<string, Kind>> = {
  Cardholders: "Cardholder",
  Payments: "Payment",
  Refunds: "Refund",
  Disputes: "Dispute",
  Settlements: "Settlement",
  LedgerEntries: "LedgerEntry",
};

/** The unary methods by path. */
export const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  [`${SERVICE_PATH}GetMerchant`, getMerchant],
  [`${SERVICE_PATH}GetBalances`, getBalances],
  [`${SERVICE_PATH}BatchGetBankAccounts`, batchGetBankAccounts],
  ...Object.entries(KINDS_BY_PLURAL).flatMap(([plural, kind]): [string, Method][] => [
    [`${SERVICE_PATH}List${plural}`, (options, request, path) => list(options, plural, kind, { request, path })],
    [`${SERVICE_PATH}BatchGet${plural}`, (options, request) => batchGet(options, plural, kind, request)],
  ]),
]);

function getMerchant({ company, merchantId }: MethodOptions): Uint8Array {
  return encodeMessage(messageNamed("Merchant"), { id: merchantId, name: company.name });
}

function getBalances({ world, nowMs }: MethodOptions): Uint8Array {
  return encodeMessage(messageNamed("GetBalancesResponse"), {
    balances: fundsOf(world, nowMs()),
    sequence: world.sequence(),
    asOf: timeOf(nowMs()),
  });
}

function list(
  options: MethodOptions,
  plural: string,
  kind: Kind,
  { request, path }: { readonly request: Uint8Array; readonly path: string },
): Uint8Array {
  const { world, faults, nowMs } = options;
  const query = readListRequest(request);
  const isLater = query.pageToken !== "";
  if (isLater && faults.strike("expireCursors", path)) throw tokenExpired();
  const { objects, nextPageToken } = pageOf(world, kind, query, nowMs());
  const isLoop = nextPageToken !== "" && isLater && faults.strike("loopPages", path) !== undefined;
  const repeated = isLater && faults.strike("overlapPages", path) ? previous(options, kind, query) : [];
  const token = isLoop ? query.pageToken : nextPageToken;
  return pageBytes(world, plural, [...repeated, ...objects], token);
}

/** The object before the first of a page: lists of real systems repeat some at the end of a page. */
function previous({ world, nowMs }: MethodOptions, kind: Kind, query: ListQuery): readonly Stored[] {
  const all = world.listed(kind);
  const [first] = pageOf(world, kind, query, nowMs()).objects;
  const before = first === undefined ? undefined : all[all.indexOf(first) - 1];
  return before === undefined ? [] : [before];
}

function batchGet({ world }: MethodOptions, plural: string, kind: Kind, request: Uint8Array): Uint8Array {
  const { ids, authorizationIds } = readBatchRequest(request);
  const ofAuthorizations = kind === "Payment" ? paymentsOf(world, authorizationIds) : [];
  const found = new Set([...ids, ...ofAuthorizations].flatMap((id) => world.find(kind, id) ?? []));
  return pageBytes(world, plural, [...found], "");
}

function paymentsOf(world: World, authorizationIds: readonly string[]): readonly string[] {
  if (authorizationIds.length === 0) return [];
  const isOf = ({ id }: { readonly id: string }): boolean => authorizationIds.includes(id);
  return world.values("Payment").flatMap(({ id, authorizations }) => (authorizations.some(isOf) ? [id] : []));
}

function batchGetBankAccounts({ world }: MethodOptions, request: Uint8Array): Uint8Array {
  const { ids } = readBatchRequest(request);
  const known = new Map(world.values("Settlement").map(({ bankAccount }) => [bankAccount.id, bankAccount]));
  const bankAccounts = ids.flatMap((id) => known.get(id) ?? []);
  return encodeMessage(messageNamed("ListBankAccountsResponse"), { bankAccounts, sequence: world.sequence() });
}

function pageBytes(world: World, plural: string, objects: readonly Stored[], nextPageToken: string): Uint8Array {
  const rest = encodeMessage(messageNamed(`List${plural}Response`), { nextPageToken, sequence: world.sequence() });
  return Buffer.concat([fieldsOf(objects.map((one) => [1, bytesOf(one)] as const)), rest]);
}
