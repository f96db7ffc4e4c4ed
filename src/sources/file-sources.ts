import { isDeepStrictEqual } from "node:util";
import type { Platforms, SourceConfig } from "../config.ts";
import { registryOf, type SourceRegistry } from "./source-registry.ts";
import type { Source } from "./source.ts";

/** Sources and platforms as the settings file has them. */
export interface FileContent {
  readonly sources: readonly SourceConfig[];
  readonly platforms: Platforms;
}

/** Sources and platforms of the settings file as it was read last: after a reload every property is another object. */
export interface FileSources {
  readonly configs: readonly SourceConfig[];
  readonly platforms: Platforms;
  /** The sources by their ids. One that a reload does not change stays the same object. */
  readonly sources: ReadonlyMap<string, Source>;
  /** Finds the same sources. */
  readonly registry: SourceRegistry;
}

/** What a reload changes. */
export interface FileDifference {
  readonly added: readonly Source[];
  /** As they are from now on. */
  readonly changed: readonly Source[];
  readonly removed: readonly Source[];
  /** Ids of the platforms that were added, changed or removed. */
  readonly platforms: readonly string[];
}

/** Another content of the file, whose sources are ready to be called. */
export interface PreparedFile {
  readonly sources: ReadonlyMap<string, Source>;
  readonly difference: FileDifference;
  /** Replaces the content that is in use. */
  use(): void;
}

/** Sources and platforms of a file that may be read again. */
export interface ReloadableFile extends FileSources {
  prepare(content: FileContent): PreparedFile;
}

/** @param bind makes a source ready to be called */
export function createFileSources(content: FileContent, bind: (config: SourceConfig) => Source): ReloadableFile {
  let current = stateOf(content, new Map(content.sources.map((config) => [config.id, bind(config)])));
  return {
    get configs() {
      return current.configs;
    },
    get platforms() {
      return current.platforms;
    },
    get sources() {
      return current.sources;
    },
    get registry() {
      return current.registry;
    },
    prepare(next) {
      const before = current;
      const known = new Map(before.configs.map((config) => [config.id, config]));
      const sources = new Map(
        next.sources.map((config) => {
          const existing = isDeepStrictEqual(known.get(config.id), config) ? before.sources.get(config.id) : undefined;
          return [config.id, existing ?? bind(config)];
        }),
      );
      return {
        sources,
        difference: differenceOf(before, { ...next, sources }),
        use: () => void (current = stateOf(next, sources)),
      };
    },
  };
}

function stateOf({ sources: configs, platforms }: FileContent, sources: ReadonlyMap<string, Source>): FileSources {
  return { configs, platforms, sources, registry: registryOf(sources.values()) };
}

function differenceOf(
  before: FileSources,
  after: { readonly sources: ReadonlyMap<string, Source>; readonly platforms: Platforms },
): FileDifference {
  const sources = [...after.sources.values()];
  const ids = new Set([...before.platforms.keys(), ...after.platforms.keys()]);
  return {
    added: sources.filter(({ id }) => !before.sources.has(id)),
    changed: sources.filter((source) => before.sources.has(source.id) && before.sources.get(source.id) !== source),
    removed: [...before.sources.values()].filter(({ id }) => !after.sources.has(id)),
    platforms: [...ids].filter((id) => !isDeepStrictEqual(before.platforms.get(id), after.platforms.get(id))),
  };
}
