import { composeServices as composeByApollo } from "@apollo/composition";
import { composeServices as composeByGuild } from "@theguild/federation-composition";
import { federateSubgraphs } from "@wundergraph/composition";
import { parse } from "graphql";
import { execFile } from "node:child_process";
import { chmodSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Subgraph } from "./subgraph.ts";
import { grafbaseLines, type Transport } from "./transports.ts";

/** Result of a composition. */
export interface Composition {
  readonly errors: readonly string[];
  /** Undefined after an error, and of composers whose supergraph has a form of its own. */
  readonly supergraph?: string | undefined;
}
export type Compose = (subgraphs: readonly Subgraph[]) => Promise<Composition> | Composition;

const COMPOSE_TIMEOUT_MS = 60_000;

/** Path of grafbase's binary; undefined where npm has none for the platform. */
export const grafbasePath = ((): string | undefined => {
  try {
    const found = createRequire(import.meta.url).resolve("@grafbase/cli-x86_64-unknown-linux-musl/package.json");
    const path = join(dirname(found), "grafbase");
    chmodSync(path, 0o755); // npm makes only a package's commands executable, and not without its scripts
    return path;
  } catch {
    return undefined;
  }
})();

/** Subgraphs in the form of the composers by Apollo and The Guild. */
export const servicesOf = (subgraphs: readonly Subgraph[]) =>
  subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) }));

const messagesOf = (errors: readonly { readonly message: string }[] | undefined): string[] =>
  (errors ?? []).map(({ message }) => message);

const apollo: Compose = (subgraphs) => {
  const { errors, supergraphSdl } = composeByApollo(servicesOf(subgraphs));
  return { errors: messagesOf(errors), supergraph: supergraphSdl };
};

const guild: Compose = (subgraphs) => {
  const { errors, supergraphSdl } = composeByGuild(servicesOf(subgraphs));
  return { errors: messagesOf(errors), supergraph: supergraphSdl };
};

const wundergraph: Compose = (subgraphs) => {
  const definitions = subgraphs.map(({ name, url, sdl }) => ({ name, url, definitions: parse(sdl) }));
  const result = federateSubgraphs({ subgraphs: definitions, version: "1" });
  return { errors: result.success ? [] : messagesOf(result.errors) };
};

const grafbase: Compose = async (subgraphs) => {
  await using config = await writeGrafbaseConfig(subgraphs);
  try {
    const { stdout } = await promisify(execFile)(grafbasePath ?? "", ["compose", "--config", config.path], {
      cwd: config.folder,
      timeout: COMPOSE_TIMEOUT_MS,
      maxBuffer: 16 * 1024 * 1024,
    });
    return { errors: [], supergraph: stdout };
  } catch (reason) {
    return { errors: [String(reason)] };
  }
};

/** Composers by the name of their package. */
export const COMPOSERS: Readonly<Record<string, Compose>> = {
  "@apollo/composition": apollo,
  "@theguild/federation-composition": guild,
  "@wundergraph/composition": wundergraph,
  ...(grafbasePath !== undefined && { "grafbase compose": grafbase }),
};

export interface GrafbaseConfig extends AsyncDisposable {
  readonly folder: string;
  readonly path: string;
}

/** Writes grafbase's settings of a supergraph to a temporary folder, which disposing removes. */
export async function writeGrafbaseConfig(
  subgraphs: readonly Subgraph[],
  transport: Transport = "WebSocket",
): Promise<GrafbaseConfig> {
  const folder = await mkdtemp(join(tmpdir(), "sluice-grafbase-"));
  const sections = await Promise.all(
    subgraphs.map(async ({ name, url, sdl, webSocketUrl }) => {
      const schema = join(folder, `${name}.graphql`);
      await writeFile(schema, sdl);
      const lines = grafbaseLines(transport, { webSocketUrl });
      return `[subgraphs.${name}]\nschema_path = "${schema}"\nurl = "${url}"\n${lines}`;
    }),
  );
  const path = join(folder, "grafbase.toml");
  await writeFile(path, sections.join("\n"));
  const remove = () => rm(folder, { recursive: true, force: true });
  return { folder, path, [Symbol.asyncDispose]: remove };
}
