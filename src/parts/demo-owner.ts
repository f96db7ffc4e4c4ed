import { type DemoOwnership, ownDemo } from "../demo/demo-owner.ts";
import type { Part } from "../runtime/parts.ts";
import type { Base } from "./base.ts";

/** The right to run the demo of the data folder; without the demo undefined. */
export const part: Part<Base, { readonly ownership: DemoOwnership | undefined }> = {
  name: "data folder",
  async start({ config, stopping }) {
    if (!config.demo) return { ownership: undefined };
    const ownership = await ownDemo(config.dataDir, stopping);
    stopping.addEventListener("abort", () => ownership.announce(undefined), { once: true });
    return { ownership };
  },
  close: async ({ ownership }) => ownership?.release(),
};
