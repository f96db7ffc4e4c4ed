/** The part of `js-yaml` that is used: the package has no types of its own. */
declare module "js-yaml" {
  export interface Schema {
    readonly implicit: readonly unknown[];
  }
  /** The types of YAML 1.2: a date is a text. */
  export const CORE_SCHEMA: Schema;
  /** A mistake in a document. Its message shows the lines around the mistake. */
  export class YAMLException extends Error {
    readonly reason: string;
    /** Position, counted from 0. */
    readonly mark: { readonly line: number; readonly column: number } | undefined;
  }
  /** @throws YAMLException */
  export function load(text: string, options: { readonly schema: Schema }): unknown;
}
