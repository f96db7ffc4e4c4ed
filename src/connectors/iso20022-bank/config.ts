import { resolve } from "node:path";
import { z } from "zod";

/** A statement of a year and a million entries has some 700 MB; what is sent by the day stays far below this. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;

const secret = z.string().min(1);

export const bankConfig = z
  .strictObject({
    folder: z.string().min(1).optional().describe("Folder that the bank's files are dropped into."),
    archiveFolder: z
      .string()
      .min(1)
      .optional()
      .describe("Where files go once they are stored. Default: `archive` in the folder."),
    url: z
      .url({ protocol: /^https?$/, error: "must be an http or https URL" })
      .optional()
      .describe("Address that is polled: a list of files, or the newest file itself."),
    auth: z
      .union(
        [
          z.strictObject({ bearer: secret }),
          z.strictObject({ basic: z.strictObject({ user: z.string().min(1), password: secret }) }),
          z.strictObject({ header: z.strictObject({ name: z.string().regex(/^[A-Za-z0-9-]+$/), value: secret }) }),
        ],
        { error: "must be {bearer}, {basic: {user, password}} or {header: {name, value}}" },
      )
      .optional()
      .describe("How the address is called: a bearer token, user and password, or a header of the bank's own."),
    hints: z
      .boolean()
      .default(false)
      .describe(
        "Whether a call to /webhooks/{sourceId} has the address read at once. Nobody signs it, so nothing that it says is believed.",
      ),
    maxFileBytes: z
      .int()
      .min(1_024)
      .max(1024 * 1024 * 1024)
      .default(MAX_FILE_BYTES)
      .describe("Largest file that is taken, in bytes. Default: 256 MiB."),
  })
  .refine(({ archiveFolder, folder }) => archiveFolder === undefined || folder !== undefined, {
    path: ["archiveFolder"],
    error: "goes with folder only",
  })
  .refine(
    ({ archiveFolder, folder }) =>
      folder === undefined || archiveFolder === undefined || resolve(archiveFolder) !== resolve(folder),
    {
      path: ["archiveFolder"],
      error: "must be another folder: what is in `folder` is taken again and again",
    },
  )
  .refine(({ hints, url }) => !hints || url !== undefined, { path: ["hints"], error: "goes with url only" })
  .refine(({ auth, url }) => auth === undefined || url !== undefined, { path: ["auth"], error: "goes with url only" });
export type BankConfig = z.infer<typeof bankConfig>;

/** What is sent with each call. */
export function authHeaders({ auth }: BankConfig): Readonly<Record<string, string>> {
  if (auth === undefined) return {};
  if ("bearer" in auth) return { authorization: `Bearer ${auth.bearer}` };
  if ("header" in auth) return { [auth.header.name.toLowerCase()]: auth.header.value };
  const { user, password } = auth.basic;
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
}
