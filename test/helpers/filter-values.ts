import { CHILDREN, worldId, type WorldTenant } from "./list-world.ts";

/** Values of an argument for the queries of a tenant. */
export type Values = (tenant: WorldTenant) => readonly unknown[];

/** The other one of the two tenants. */
export const otherThan = (tenant: WorldTenant): WorldTenant => (tenant === "acme" ? "umbrella" : "acme");
/** Ids of an object with many children, of one without, of the other tenant's, and of none. */
export const idsOf =
  (type: Parameters<typeof worldId>[1]): Values =>
  (tenant) => [
    worldId(tenant, type, 1),
    worldId(tenant, type, CHILDREN + 700),
    worldId(otherThan(tenant), type, 1),
    worldId(tenant, type, 900_000),
  ];
const times: Values = () => ["2026-05-31T22:30:00Z", "2026-03-01T00:00:00Z", "2020-01-01T00:00:00Z"];
export const days: Values = () => ["2026-05-31", "2024-09-01", "2020-01-01"];

/** Values of arguments and input fields that are neither enums nor flags, by name. */
export const VALUES: Readonly<Record<string, Values>> = {
  account: idsOf("Account"),
  action: (tenant) => [`mutation.${tenant}`, "mutation.seldom", "nothing"],
  amount: () => [{ currency: "EUR", min: "9", max: "9.05" }, { currency: "USD" }, { currency: "EUR" }],
  bookedFrom: days,
  bookedTo: days,
  connector: () => [["stripe"], ["nothing"], ["nothing", "stripe"], []],
  availableFrom: times,
  availableTo: times,
  creditor: idsOf("Party"),
  currency: () => ["EUR", "USD", "JPY"],
  dueFrom: times,
  dueTo: times,
  email: (tenant) => [`c7@${tenant}.example`, `c7@${otherThan(tenant)}.example`, "nobody@nowhere.example"],
  endpointIds: (tenant) => [[`ale_${tenant}`], ["ale_seldom"], ["nothing"], ["nothing", `ale_${tenant}`], []],
  from: times,
  last: () => [1, 100],
  method: () => [["card"], ["sepa_debit"], ["ideal", "card"], ["nothing"], []],
  platform: (tenant) => [
    [`${tenant}-platform`],
    [`${otherThan(tenant)}-platform`],
    ["nothing"],
    ["nothing", `${tenant}-platform`],
    [],
  ],
  name: () => ["number7", "acmeonly", "umbrellaonly", "nothing", "customer"],
  maxAgeDays: () => [0, 100, 10_000],
  minAgeDays: () => [0, 100, 10_000],
  paths: (tenant) => [["rare"], [`${tenant}.common`], [`${otherThan(tenant)}.common`], ["rare", "acme.common"], []],
  payment: idsOf("Payment"),
  principal: (tenant) => [tenant, "seldom", "nothing"],
  reason: () => [["requested_by_customer"], ["duplicate"], ["fraudulent", "duplicate"], ["nothing"], []],
  to: times,
  createdFrom: times,
  createdTo: times,
  dayFrom: days,
  dayTo: days,
  debtor: idsOf("Party"),
  destination: idsOf("Account"),
  errorCodes: (tenant) => [
    ["RARE"],
    [`${tenant}_COMMON`],
    [`${otherThan(tenant)}_COMMON`],
    ["RARE", "acme_COMMON"],
    [],
  ],
  eventTypes: (tenant) => [
    ["seldom.1"],
    [`${tenant}.common`],
    [`${otherThan(tenant)}.common`],
    ["seldom.1", "seldom.2", "acme.common"],
    [],
  ],
  externalId: () => ["x7", "nothing"],
  first: () => [1, 100],
  maxAge: () => [1_000_000],
  receivedFrom: times,
  receivedTo: times,
  search: (tenant) => [`${tenant}-rare`, `${otherThan(tenant)}-rare`, "nothing", "-"],
  reference: () => ["E2E-7", "acme-only", "umbrella-only", "nothing", "shared"],
  sourceIds: (tenant) => [
    [`${tenant}-main`],
    [`${tenant}-rare`],
    [`${tenant}-empty`],
    [`${tenant}-main`, `${tenant}-rare`],
    [],
  ],
  statement: idsOf("Statement"),
  subjectId: (tenant) => [tenant, "seldom", "nothing"],
  subjectType: () => ["SOURCE", "SELDOM", "NOTHING"],
  text: () => ["number7", "acmeonly", "umbrellaonly", "nothing", "invoice"],
};
