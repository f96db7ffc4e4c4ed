import { CAMT_LIMITS } from "../limits.ts";
import { refuse } from "../refuse.ts";
import type { XmlElement } from "./element.ts";

/** An element while it is being built. */
interface GrowingElement extends XmlElement {
  text: string;
  children: XmlElement[];
}

/** Most elements have no children, and share this array. */
const NO_CHILDREN: XmlElement[] = [];

/** Placeholder for elements that are not kept: their parent does not count as a text element even so. */
const SKIPPED: GrowingElement = { name: "", parent: undefined, currency: undefined, text: "", children: NO_CHILDREN };

/** Builds the elements of one item at a time, within the limits of the memory that may be used. */
export class Collector {
  readonly #open: GrowingElement[] = [];
  #bufferedElements = 0;
  #bufferedText = 0;
  /** Characters of text since the item began, including text that is already released. */
  #allText = 0;

  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  /** Compares the names of the open elements, starting at the item's own. */
  isAt(...path: readonly string[]): boolean {
    return path.length === this.#open.length && path.every((name, index) => this.#open[index]?.name === name);
  }

  /** Number of open elements. */
  get depth(): number {
    return this.#open.length;
  }

  /** Characters of text since the item began. */
  get allText(): number {
    return this.#allText;
  }

  /** Opens an element. `detached`: the parent does not reference it, so that it can be released before the parent. */
  open(name: string, currency: string | undefined, isDetached = false): void {
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#allText = this.#bufferedText = this.#bufferedElements = 0;
    const element: GrowingElement = {
      name,
      parent: isDetached ? undefined : parent,
      currency,
      text: "",
      children: NO_CHILDREN,
    };
    this.#hold(isDetached ? undefined : parent, element);
    this.#open.push(element);
  }

  /** Records that the innermost element has a child, which is not kept. */
  skip(): void {
    this.#hold(this.#open.at(-1), SKIPPED);
  }

  #hold(parent: GrowingElement | undefined, element: GrowingElement): void {
    if (++this.#bufferedElements > CAMT_LIMITS.bufferedElements) {
      refuse("LIMIT_EXCEEDED", `an entry or detail has more than ${CAMT_LIMITS.bufferedElements} elements`);
    }
    if (parent === undefined) return;
    if (parent.children === NO_CHILDREN) parent.children = [element];
    else parent.children.push(element);
  }

  text(text: string): void {
    const element = this.#open.at(-1);
    if (element === undefined) return;
    element.text = element.text === "" ? text : element.text + text;
    this.#bufferedText += text.length;
    this.#allText += text.length;
    const { tokenLength, bufferedText, entryText } = CAMT_LIMITS;
    if (element.text.length > tokenLength)
      refuse("LIMIT_EXCEEDED", `an element's text exceeds ${tokenLength} characters`);
    if (this.#bufferedText > bufferedText)
      refuse("LIMIT_EXCEEDED", `the text of an entry or detail exceeds ${bufferedText} characters`);
    if (this.#allText > entryText) refuse("LIMIT_EXCEEDED", `the text of an entry exceeds ${entryText} characters`);
  }

  /** Closes the innermost element. The memory of a detached element is free again. */
  close(): XmlElement | undefined {
    return this.#open.pop();
  }

  /** Returns the current usage; `release` returns to it. */
  mark(): { readonly elements: number; readonly text: number } {
    return { elements: this.#bufferedElements, text: this.#bufferedText };
  }

  /** Releases a detached element after it was processed. */
  release(mark: { readonly elements: number; readonly text: number }): void {
    this.#bufferedElements = mark.elements;
    this.#bufferedText = mark.text;
  }
}
