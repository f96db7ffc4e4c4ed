import { outboxFiles, type OutboxFile } from "../deliver/outbox.ts";
import type { Spool } from "../deliver/spool.ts";
import type { Message } from "../plan/message.ts";
import { planMessages } from "../plan/plan.ts";
import type { PlanRequest } from "../plan/request.ts";
import type { World } from "../world/world.ts";

/** Request and time of a publication: sufficient to write the same files again. */
export interface Publication {
  /** Serial number, from 1. */
  readonly serial: number;
  /** RFC 3339. */
  readonly created: string;
  readonly request: PlanRequest;
  /** True if its files are available at the HTTP endpoint. */
  readonly isListed: boolean;
}

/** The simulated bank: its world, its current day, and the messages that it has published. */
export interface Bank {
  readonly world: World;
  /** Number of business days that have passed: 0 to `days() - 1` are over, `days()` is today. */
  days(): number;
  setDays(days: number): void;
  /** Writes no files yet: see `OutboxFile.spooled`. */
  publish(publication: Publication): { readonly messages: readonly Message[]; readonly files: readonly OutboxFile[] };
  nextSerial(): number;
  /**
   * Files at the HTTP endpoint, in the order of their delivery; one that was published again under the same name keeps
   * its position.
   */
  listed(): readonly OutboxFile[];
  find(name: string): OutboxFile | undefined;
  /** All messages ever published, in order. */
  messages(): readonly Message[];
}

export function createBank(world: World, spool: Spool): Bank {
  const listed = new Map<string, OutboxFile>();
  const messages: Message[] = [];
  let [days, serial] = [0, 0];
  return {
    world,
    days: () => days,
    setDays(next) {
      days = next;
    },
    publish({ request, created, isListed, ...publication }) {
      serial = Math.max(serial, publication.serial);
      const planned = planMessages(world, request, publication.serial);
      messages.push(...planned);
      const { serial: own } = publication;
      const defaultZip = `${request.kind}-${String(own).padStart(5, "0")}.zip`;
      const zipName = request.zip ? (request.name ?? defaultZip) : undefined;
      const files = outboxFiles(planned, { spool, created, zipName, serial: own });
      if (isListed) for (const file of files) listed.set(file.name, file);
      return { messages: planned, files };
    },
    nextSerial: () => serial + 1,
    listed: () => [...listed.values()],
    find: (name) => listed.get(name),
    messages: () => messages,
  };
}
