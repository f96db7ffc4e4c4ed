import { fork } from "node:child_process";
import { once } from "node:events";
import { ledgerDefinition, startLedger } from "../../../src/protocols/grpc/fixtures/ledger-server.ts";
import type { MessageTypeDefinition } from "@grpc/proto-loader";
import { PAGE, payment } from "./task.ts";

/** Serves pages and streams of payments in a process of its own, encoded once. */
export async function startServer(): Promise<{ readonly url: string; readonly stop: () => void }> {
  const child = fork(new URL(import.meta.url).pathname, { stdio: "inherit" });
  const [url] = (await once(child, "message")) as [string]; // as sent below
  return { url, stop: () => child.kill() };
}

if (process.send !== undefined) {
  const encoded = (name: string, value: object): Buffer =>
    (ledgerDefinition[name] as MessageTypeDefinition<object, object>).serialize(value); // the file declares messages
  const payments = Array.from({ length: PAGE }, (_, index) => payment(index));
  const page = encoded("ledger.v1.ListPaymentsResponse", { payments, next_page_token: "next" });
  const messages = payments.map((value) => encoded("ledger.v1.Payment", value));
  const ledger = await startLedger(
    {
      ListPayments: (_call, done) => done(null, page as never), // written as it is, below
      async WatchPayments(call) {
        for (let sent = 0; !call.cancelled; sent++) {
          if (!call.write(messages[sent % PAGE] as never)) await once(call, "drain").catch(() => undefined);
        }
      },
    },
    { isEncoded: true },
  );
  process.send(ledger.url);
  process.on("disconnect", () => process.exit());
}
