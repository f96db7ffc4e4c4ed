import { resolve } from "node:path";
import { z } from "zod";
import { upstreamUrl } from "../../protocols/rest/upstream-url.ts";

/**
 * Maximum file size. A statement of a year and a million entries has some 700 MB; daily files stay far below this
 * limit.
 */
const MAX_FILE_BYTES = 256 * 1024 * 1024;

const secret = z.string().min(1);

export const bankConfig = z
  .strictObject({
    folder: z
      .string()
      .min(1)
      .optional()
      .meta({ serverPath: true })
      .describe("Folder that the bank's files are dropped into."),
    archiveFolder: z
      .string()
      .min(1)
      .optional()
      .meta({ serverPath: true })
      .describe("Folder to which files are moved once they are stored. Default: `archive` in the folder."),
    url: upstreamUrl.optional().describe("Address that is polled: a list of files, or the newest file itself."),
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
      .meta({ secret: true })
      .describe("Authentication of the calls: a bearer token, user and password, or a header that the bank defines."),
    hints: z
      .boolean()
      .default(false)
      .describe(
        "Whether a call to /webhooks/{sourceId} makes Sluice read the address at once. The call is not signed, so its content is ignored.",
      ),
    maxFileBytes: z
      .int()
      .min(1_024)
      .max(1024 * 1024 * 1024)
      .default(MAX_FILE_BYTES)
      .describe("Largest accepted file, in bytes. Default: 256 MiB."),
  })
  .refine(({ archiveFolder, folder }) => archiveFolder === undefined || folder !== undefined, {
    path: ["archiveFolder"],
    error: "must not be set without folder",
  })
  .refine(
    ({ archiveFolder, folder }) =>
      folder === undefined || archiveFolder === undefined || resolve(archiveFolder) !== resolve(folder),
    {
      path: ["archiveFolder"],
      error: "must be another folder, because every file in `folder` is read again",
    },
  )
  .refine(({ hints, url }) => !hints || url !== undefined, { path: ["hints"], error: "must not be set without url" })
  .refine(({ auth, url }) => auth === undefined || url !== undefined, {
    path: ["auth"],
    error: "must not be set without url",
  });
export type BankConfig = z.infer<typeof bankConfig>;

/** Returns the headers that are sent with each call. */
export function authHeaders({ auth }: BankConfig): Readonly<Record<string, string>> {
  if (auth === undefined) return {};
  if ("bearer" in auth) return { authorization: `Bearer ${auth.bearer}` };
  if ("header" in auth) return { [auth.header.name.toLowerCase()]: auth.header.value };
  const { user, password } = auth.basic;
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
}
