import { z } from "zod";
import type { Bank, Publication } from "./bank.ts";
import { requestSchema } from "../plan/request.ts";
import { truthOf, type FileTruth } from "../plan/truth.ts";
import { putIntoFolder } from "../deliver/folder.ts";
import type { OutboxFile } from "../deliver/outbox.ts";
import { putFile, type PutAnswer } from "../deliver/put.ts";

const day = z.int().nonnegative();

/** Body of `POST /_sandbox/publish`: the messages to write, and the way to deliver them. */
export const publishSchema = requestSchema
  .extend({
    days: z.array(day).min(1).optional(),
    /** Short form of `days` with one day. Default: the last one that is over; for camt.052 today. */
    day: day.optional(),
    as: z.enum(["http", "folder", "put"]).default("http"),
    folder: z.string().optional(),
    url: z.url().optional(),
    /** `put`: sent as a bearer token. */
    token: z.string().optional(),
    /** `folder`: slowly and under its own name, without the rename. */
    inPlace: z
      .strictObject({ pieceBytes: z.int().positive().default(1024), pauseMs: z.int().nonnegative().default(100) })
      .optional(),
  })
  .refine(({ as, folder, url }) => as === "http" || (as === "folder" ? folder : url) !== undefined, {
    error: 'as "folder" needs folder, as "put" needs url',
  });
export type PublishBody = z.infer<typeof publishSchema>;

export interface Published {
  readonly serial: number;
  /** In the order of their delivery; for a ZIP its single name. */
  readonly files: readonly string[];
  /** The expected data of each message. */
  readonly truth: readonly FileTruth[];
  /** `put`: one for each file. */
  readonly answers: readonly PutAnswer[];
}

/** Writes and delivers, one file after the other. `onPublication` is called before the first is delivered. */
export async function publish(
  bank: Bank,
  body: PublishBody,
  { created, onPublication }: { readonly created: string; readonly onPublication: (publication: Publication) => void },
): Promise<Published> {
  const { as, folder, url, token, inPlace, day: single, days: several, ...rest } = body;
  const latest = rest.kind === "camt.052" ? bank.days() : Math.max(bank.days() - 1, 0);
  const request = { ...rest, days: several ?? [single ?? latest] };
  const publication = { serial: bank.nextSerial(), created, request, isListed: as === "http" };
  onPublication(publication);
  const { messages, files } = bank.publish(publication);
  const answers: PutAnswer[] = [];
  for (const file of files) {
    if (as === "folder") await toFolder(file, folder ?? "", inPlace);
    if (as === "put") answers.push(await putFile(file, { url: url ?? "", token }));
  }
  return { serial: publication.serial, files: files.map(({ name }) => name), truth: messages.map(truthOf), answers };
}

async function toFolder(file: OutboxFile, folder: string, inPlace: PublishBody["inPlace"]): Promise<void> {
  const { path } = await file.spooled();
  await putIntoFolder(path, { folder, name: file.name, inPlace });
}
