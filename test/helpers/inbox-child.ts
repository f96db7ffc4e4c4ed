/** One replica of the inbox as its own process, which can kill itself at a chosen point. See inbox-process.ts. */
import { type DatabaseHooks, hookDatabase } from "./hooked-database.ts";
import { startInboxService } from "./inbox-service.ts";
import type { ChildSettings } from "./inbox-process.ts";

const INGEST = "insert into deliveries";
const MARK = "set status = 'APPLIED'";

const VERDICT = "then 'PARKED' else 'RETRY' end";

function die(): never {
  process.kill(process.pid, "SIGKILL");
  throw new Error("SIGKILL ends the process before this");
}

const HOOKS: Readonly<Record<ChildSettings["killAt"], DatabaseHooks>> = {
  never: {},
  "before the commit": { beforeCommit: (texts) => void (texts.some((text) => text.includes(INGEST)) && die()) },
  "after the commit": { afterCommit: (texts) => void (texts.some((text) => text.includes(INGEST)) && die()) },
  "before the verdict": { rewrite: (text) => (text.includes(VERDICT) ? die() : text) },
  "after the verdict": { afterCommit: (texts) => void (texts.some((text) => text.includes(VERDICT)) && die()) },
  "before the mark": { rewrite: (text) => (text.includes(MARK) ? die() : text) },
};

const settings = JSON.parse(process.argv[2] ?? "") as ChildSettings; // written by inbox-process.ts
const hooks = HOOKS[settings.killAt];
const service = await startInboxService({ ...settings, wrap: (db) => hookDatabase(db, hooks) });
process.stdout.write(`${service.url}\n`);
process.stdin.resume(); // its end, also by the parent's death, is the sign to stop
process.stdin.once("end", () => void service[Symbol.asyncDispose]());
