import { expect, test } from "@jest/globals";
import { ServiceError } from "./domain/error.ts";
import { startFailureSentence } from "./start-failure.ts";

const settings = { host: "127.0.0.1", port: 4000, dataDir: "/var/lib/sluice", databaseUrl: undefined };
const failure = (fields: object) => Object.assign(new Error("ENOSPC: no space left on device, write"), fields);
const detail =
  'the database in /var/lib/sluice could not be created: could not write to file "base/1": No space left on device';

test.each([
  ["a file of ours", failure({ code: "ENOSPC" }), "ENOSPC: no space left on device, write"],
  ["initdb", new ServiceError("STORE_UNAVAILABLE", "the store is not available", { detail }), detail],
  [
    "a migration",
    new ServiceError("STORE_UNAVAILABLE", "the database is not available", {
      detail: "could not extend file",
      cause: Object.assign(new Error("could not extend file"), { code: "53100" }),
    }),
    "could not extend file",
  ],
])(
  "a full disk while writing %s is the first thing that the sentence says, with its folder",
  (_what, reason, message) => {
    expect(startFailureSentence(reason, settings)).toBe(`the disk of DATA_DIR (/var/lib/sluice) is full: ${message}`);
  },
);
