import { z } from "zod";

const listed = z.object({ name: z.string().min(1).max(500), href: z.string().min(1).max(2_000).optional() });

/** A list of files, oldest first; `next` is the link to the next page. */
export const fileList = z.union([
  z.object({ files: z.array(listed), next: z.string().nullish() }),
  z.array(listed).transform((files) => ({ files, next: null })),
]);
export type FileList = z.infer<typeof fileList>;
