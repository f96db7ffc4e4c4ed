import { ServiceError } from "../../../domain/error.ts";

/** A mistake in the settings, with the path of the setting. */
export interface Mistake {
  readonly path: readonly string[];
  readonly problem: string;
}

/** A setting while it is checked: mistakes are collected, so that all of them are reported at once. */
export class Place {
  readonly path: readonly string[];
  readonly #mistakes: Mistake[];

  constructor(mistakes: Mistake[], path: readonly string[] = []) {
    this.path = path;
    this.#mistakes = mistakes;
  }

  in(name: string): Place {
    return new Place(this.#mistakes, [...this.path, name]);
  }

  report(problem: string): void {
    this.#mistakes.push({ path: this.path, problem });
  }

  /** Returns the result; undefined if the setting does not fit the contract, which is then reported. */
  attempt<Result>(make: () => Result): Result | undefined {
    try {
      return make();
    } catch (reason) {
      const { code, publicMessage } = ServiceError.from(reason);
      if (code !== "INVALID_INPUT") throw reason;
      this.report(publicMessage);
      return undefined;
    }
  }
}
