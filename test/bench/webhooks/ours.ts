/** The service's own route and inbox with all dependencies: stored deliveries are applied during the load. */
import { migrate } from "../../../src/store/migrate.ts";
import { makeDeliveryPartitions } from "../../../src/ingest/webhooks/delivery-bodies/make-partitions.ts";
import { startInboxService } from "../../helpers/inbox-service.ts";
import { contestantSchema } from "./task.ts";

const { connection, secret } = contestantSchema.parse(JSON.parse(process.argv[2] ?? "{}"));
await migrate(connection);
await makeDeliveryPartitions({ connection });
const service = await startInboxService({
  connection,
  sources: [
    {
      id: "stripe",
      tenantId: "bench",
      config: { baseUrl: "http://127.0.0.1:9", apiKey: "sk_test_bench", webhookSecrets: [secret] },
    },
  ],
});
process.stdout.write(`${service.url}/webhooks/stripe\n`);
process.stdin.resume().once("end", () => void service[Symbol.asyncDispose]());
