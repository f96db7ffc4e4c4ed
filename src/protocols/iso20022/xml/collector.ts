import { CAMT_LIMITS } from "../limits.ts";
import { refuse } from "../refuse.ts";
import type { XmlElement } from "./element.ts";

/** As the reader sees it while it grows. */
interface GrowingElement extends XmlElement {
  text: string;
  children: XmlElement[];
}

/** Most elements have no children, and share this. */
const NO_CHILDREN: XmlElement[] = [];

/** Stands for elements that are not kept: their parent is no text, all the same. */
const SKIPPED: GrowingElement = { name: "", parent: undefined, currency: undefined, text: "", children: NO_CHILDREN };

/** Builds the elements of one item at a time, within the limits of what may be held. */
export class Collector {
  readonly #open: GrowingElement[] = [];
  #heldElements = 0;
  #heldText = 0;
  /** Characters of text since the item began, also of what is held no more. */
  #allText = 0;

  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  /** The names of the open elements from the item's own. */
  isAt(...path: readonly string[]): boolean {
    return path.length === this.#open.length && path.every((name, index) => this.#open[index]?.name === name);
  }

  /** Elements that are open. */
  get depth(): number {
    return this.#open.length;
  }

  /** Text since the item began. */
  get allText(): number {
    return this.#allText;
  }

  /** `detached`: the parent does not know of it, so that it can go before the parent does. */
  open(name: string, currency: string | undefined, isDetached = false): void {
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#allText = this.#heldText = this.#heldElements = 0;
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

  /** Notes that the innermost element has another one, which is not kept. */
  skip(): void {
    this.#hold(this.#open.at(-1), SKIPPED);
  }

  #hold(parent: GrowingElement | undefined, element: GrowingElement): void {
    if (++this.#heldElements > CAMT_LIMITS.heldElements) {
      refuse("LIMIT_EXCEEDED", `an entry or detail has more than ${CAMT_LIMITS.heldElements} elements`);
    }
    if (parent === undefined) return;
    if (parent.children === NO_CHILDREN) parent.children = [element];
    else parent.children.push(element);
  }

  text(text: string): void {
    const element = this.#open.at(-1);
    if (element === undefined) return;
    element.text = element.text === "" ? text : element.text + text;
    this.#heldText += text.length;
    this.#allText += text.length;
    const { tokenLength, heldText, entryText } = CAMT_LIMITS;
    if (element.text.length > tokenLength)
      refuse("LIMIT_EXCEEDED", `an element's text exceeds ${tokenLength} characters`);
    if (this.#heldText > heldText)
      refuse("LIMIT_EXCEEDED", `the text of an entry or detail exceeds ${heldText} characters`);
    if (this.#allText > entryText) refuse("LIMIT_EXCEEDED", `the text of an entry exceeds ${entryText} characters`);
  }

  /** Closes the innermost element. What it held is free again where it was detached. */
  close(): XmlElement | undefined {
    return this.#open.pop();
  }

  /** What is held now; `release` goes back to it. */
  mark(): { readonly elements: number; readonly text: number } {
    return { elements: this.#heldElements, text: this.#heldText };
  }

  /** A detached element is understood and gone. */
  release(mark: { readonly elements: number; readonly text: number }): void {
    this.#heldElements = mark.elements;
    this.#heldText = mark.text;
  }
}
