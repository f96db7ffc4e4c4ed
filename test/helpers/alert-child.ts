/** A process that sends alerts and can kill itself at a chosen point. See alert-process.ts. */
import { pino } from "pino";
import { createAlerts } from "../../src/alerts/alerts.ts";
import { createKeyring } from "../../src/sources/secrets/keyring.ts";
import { createDatabase } from "../../src/store/database.ts";
import type { AlertChildSettings } from "./alert-process.ts";
import { type DatabaseHooks, hookDatabase } from "./hooked-database.ts";

const ROUTED = "update alert_positions set seq";
const ACCEPTED = "last_delivered_at = now()";

function die(): never {
  process.kill(process.pid, "SIGKILL");
  throw new Error("SIGKILL ends the process before this");
}

const isRouted = (texts: readonly string[]): boolean => texts.some((text) => text.includes(ROUTED));

const HOOKS: Readonly<Record<AlertChildSettings["killAt"], DatabaseHooks>> = {
  "before the messages are stored": { beforeCommit: (texts) => void (isRouted(texts) && die()) },
  "before they are sent": { afterCommit: (texts) => void (isRouted(texts) && die()) },
  "before the result is stored": { rewrite: (text) => (text.includes(ACCEPTED) ? die() : text) },
};

const { connection, key, killAt } = JSON.parse(process.argv[2] ?? "") as AlertChildSettings; // by alert-process.ts
const alerts = createAlerts({
  db: hookDatabase(createDatabase({ connection, max: 4 }), HOOKS[killAt]),
  keyring: createKeyring(Buffer.from(key, "base64"), []),
  networks: ["127.0.0.0/8"],
  dashboardUrl: undefined,
  random: Math.random,
  log: pino({ level: "silent" }),
  times: { pollMs: 20, leaseMs: 1_000 },
});
alerts.start();
process.stdin.resume(); // its end, also by the parent's death, is the signal to stop
process.stdin.once("end", () => process.exit(0));
