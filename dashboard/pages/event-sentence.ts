import type { LiveEvent } from "../graph/event-fields.ts";

/** `EntityChanged` as a code of the graph: `ENTITY_CHANGED`. */
export const kindOf = ({ __typename: type }: Pick<LiveEvent, "__typename">): string =>
  type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();

const words = (code: string | undefined): string => (code ?? "").toLowerCase().replaceAll("_", " ");
const capitalized = (text: string): string => text.replace(/^./, (letter) => letter.toUpperCase());
const idOf = (object: { readonly id: string } | null | undefined): string => object?.id ?? "(deleted)";

/** What an event says, in one line. */
export function sentenceOf(event: LiveEvent): string {
  switch (event.__typename) {
    case "EntityChanged":
      return `${capitalized(words(event.entityType))} ${event.entityId} ${event.change?.toLowerCase()}`;
    case "RunStarted":
      return `Run ${idOf(event.run)} started`;
    case "RunProgressed":
      return `${event.stream}: ${event.records} read, ${event.changed} changed${progressOf(event.progress)}`;
    case "RunFinished":
      return `Run ${idOf(event.run)} ${event.runStatus?.toLowerCase()}`;
    case "DeliveryReceived":
      return `Delivery ${idOf(event.delivery)} received`;
    case "DeliveryParked":
      return `Delivery ${idOf(event.delivery)} parked`;
    case "RecordQuarantined":
      return `Record ${idOf(event.record)} quarantined`;
    case "SourceStatusChanged":
      return `${words(event.previousStatus)} → ${words(event.sourceStatus)}${event.statusReason ? `: ${event.statusReason}` : ""}`;
    case "SourceHealthChanged":
      return `${words(event.previousHealth)} → ${words(event.health)}${event.cause ? `: ${words(event.cause)}` : ""}`;
    case "PayoutMatchChanged":
      return `${event.objectId}: ${words(event.previousMatchState ?? "none")} → ${words(event.matchState ?? "none")}`;
    case "EvidencePackFinished":
      return `Evidence pack ${event.packId} ${words(event.packStatus)}`;
    case "FindingOpened":
      return `Finding ${idOf(event.finding)} opened`;
    case "FindingClosed":
      return `Finding ${idOf(event.finding)} closed`;
    case "BudgetClosed":
      return `${event.bucket} closed until ${event.closedUntil}: ${event.closedReason}`;
    default:
      return event.__typename;
  }
}

const progressOf = (progress: number | null | undefined): string =>
  typeof progress === "number" ? `, ${Math.floor(progress * 100)} %` : "";
