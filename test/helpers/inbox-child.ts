/** One replica of the inbox as a separate process, which can kill itself at a chosen point. See inbox-process.ts. */
import { type DatabaseHooks, hookDatabase } from "./hooked-database.ts";
import { startInboxService } from "./inbox-service.ts";
import type { ChildSettings } from "./inbox-process.ts";

const INGEST = "insert into deliveries";
const REFETCHED = "delete from refetches";
const MARK = "set status = 'APPLIED'";

const DECISION = "then 'PARKED' else 'RETRY' end";

function die(): never {
  process.kill(process.pid, "SIGKILL");
  throw new Error("SIGKILL ends the process before this");
}

const HOOKS: Readonly<Record<ChildSettings["killAt"], DatabaseHooks>> = {
  never: {},
  "before the commit": { beforeCommit: (texts) => void (texts.some((text) => text.includes(INGEST)) && die()) },
  "after the commit": { afterCommit: (texts) => void (texts.some((text) => text.includes(INGEST)) && die()) },
  "before the failure": { rewrite: (text) => (text.includes(DECISION) ? die() : text) },
  "after the failure": { afterCommit: (texts) => void (texts.some((text) => text.includes(DECISION)) && die()) },
  "before the refetch is stored": {
    beforeCommit: (texts) => void (texts.some((text) => text.includes(REFETCHED)) && die()),
  },
  "at the poison": {
    rewrite: (text, values) => (!text.includes("deliveries") && String(values).includes("cus_poison") ? die() : text),
  },
  "before the mark": { rewrite: (text) => (text.includes(MARK) ? die() : text) },
};

const settings = JSON.parse(process.argv[2] ?? "") as ChildSettings; // written by inbox-process.ts
const hooks = HOOKS[settings.killAt];
const service = await startInboxService({ ...settings, wrap: (db) => hookDatabase(db, hooks) });
process.stdout.write(`${service.url}\n`);
process.stdin.resume(); // its end, also by the parent's death, is the signal to stop
process.stdin.once("end", () => void service[Symbol.asyncDispose]());
