/** A number with a fraction or an exponent, kept as written: `1.10`, `1e400`. */
export class ExactNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Returns the literal, digit by digit. */
  toString(): string {
    return this.text;
  }
}
