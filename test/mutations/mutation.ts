/** A small defect that is put into the code on purpose, to see that a test notices it. */
export interface Mutation {
  /** The guarantee that it breaks, as a sentence. */
  readonly breaks: string;
  /** Path of the changed file, from the root of the project. */
  readonly file: string;
  /** Text that occurs in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** Test files of which at least one test must fail. Few and fast ones: each mutation runs all of its own. */
  readonly tests: readonly string[];
}

/** Returns how often a text occurs in another one. */
export function occurrences(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** Returns the content of a file with the mutation. @throws Error when `find` does not occur exactly once */
export function mutate({ breaks, file, find, replace }: Mutation, content: string): string {
  const count = occurrences(content, find);
  if (count !== 1) throw new Error(`${breaks}: "find" occurs ${count} times in ${file}, must be once`);
  return content.replace(find, () => replace);
}
