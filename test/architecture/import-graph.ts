import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** One import of one of our files by another, both relative to the root. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly line: number;
}

const IMPORT =
  /^\s*(?:import|export)\b[^"';]*?from\s+["'](\.[^"']+)["']|^\s*import\s+["'](\.[^"']+)["']|import\(\s*["'](\.[^"']+)["']\s*\)/gm;

/** Every TypeScript file below the folders, except those of a bundle. */
export function sourceFiles(root: string, folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name) && !/^dist[./]/.test(name))
      .map((name) => join(folder, name)),
  );
}

/** Relative imports, type-only ones included, with the line of each. */
export function importsOf(root: string, file: string): Edge[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(IMPORT)].map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? "";
    const end = match.index + match[0].length;
    return {
      from: file,
      to: relative(root, resolve(root, dirname(file), specifier)),
      line: text.slice(0, end).split("\n").length,
    };
  });
}

/** The first cycle found, as the files along it; undefined when there is none. */
export function findCycle(edges: readonly Edge[]): string[] | undefined {
  const next = Map.groupBy(edges, (edge) => edge.from);
  const done = new Set<string>();
  const path: string[] = [];
  function visit(file: string): string[] | undefined {
    const at = path.indexOf(file);
    if (at >= 0) return [...path.slice(at), file];
    if (done.has(file)) return undefined;
    path.push(file);
    for (const edge of next.get(file) ?? []) {
      const cycle = visit(edge.to);
      if (cycle !== undefined) return cycle;
    }
    path.pop();
    done.add(file);
    return undefined;
  }
  for (const file of next.keys()) {
    const cycle = visit(file);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

/** A cycle within one folder, and an import for each of its steps. */
export interface FolderCycle {
  readonly folder: string;
  readonly imports: readonly Edge[];
}

/**
 * Cycles among the parts of each folder. The parts are its subfolders, each with all that is below it, and its own files
 * together: a subfolder may use files of the folder that it is in, or be used by them, not both.
 * @param edges imports among the files to look at
 */
export function findFolderCycles(edges: readonly Edge[]): readonly FolderCycle[] {
  const folders = new Set(edges.flatMap(({ from, to }) => [...foldersOf(from), ...foldersOf(to)]));
  return [...folders].sort().flatMap((folder) => {
    const inside = edges.flatMap((edge) => {
      const [from, to] = [partOf(folder, edge.from), partOf(folder, edge.to)];
      return from === undefined || to === undefined || from === to ? [] : [{ from, to, line: 0, edge }];
    });
    const cycle = findCycle(inside) ?? [];
    const imports = cycle
      .slice(1)
      .flatMap((to, index) => inside.find((one) => one.from === cycle[index] && one.to === to)?.edge ?? []);
    return imports.length === 0 ? [] : [{ folder, imports }];
  });
}

function foldersOf(file: string): readonly string[] {
  const names = file.split("/").slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join("/"));
}

/** The subfolder of `folder` that the file is below; the folder itself for its own files, undefined for all others. */
function partOf(folder: string, file: string): string | undefined {
  if (!file.startsWith(`${folder}/`)) return undefined;
  const [first, ...rest] = file.slice(folder.length + 1).split("/");
  return rest.length === 0 ? folder : `${folder}/${first}`;
}
