import type { DemoOwnership } from "../demo/demo-owner.ts";
import type { DemoSandboxes } from "../demo/sandboxes.ts";
import { addressLines } from "../demo/welcome.ts";
import type { Part } from "../runtime/parts.ts";
import type { Server } from "../server/create-server.ts";
import type { FileSources } from "../sources/file-sources.ts";
import { addressesOf, sandboxAddresses } from "./addresses.ts";
import type { Base } from "./base.ts";

interface Needs extends Base {
  readonly server: Server;
  readonly fileSources: FileSources;
  readonly ownership: DemoOwnership | undefined;
  readonly sandboxes: DemoSandboxes | undefined;
}

/** Says where the service can be used: to programs, to people, and to the sandboxes, which now send webhooks. */
export const part: Part<Needs, object> = {
  name: "announcement",
  async start({ server, fileSources, config, log, screen, lines, ownership, sandboxes }) {
    const configured = [...fileSources.sources.values()];
    const addresses = addressesOf({ ...server, publicUrl: config.publicUrl, sources: configured });
    ownership?.announce(server.url);
    log.info({ addresses }, "ready");
    lines?.clear();
    screen.write(`ready ${server.url}\n`); // read by programs: its form is a promise
    if (sandboxes === undefined) return {};
    screen.write(addressLines([...addresses, ...sandboxAddresses(configured)]));
    await sandboxes.connectWebhooks(server.url);
    return {};
  },
};
