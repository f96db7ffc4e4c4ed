import type { CamtFault, CamtHeader } from "../camt.ts";
import { type CamtVersion, MESSAGE_ELEMENT, STATEMENT_ELEMENT, versionOfNamespace } from "../camt-version.ts";
import { CAMT_LIMITS } from "../limits.ts";
import { HEAD_ELEMENTS, type StatementHead, toPage } from "../map/statement.ts";
import { catchFault, toDate } from "../map/values.ts";
import { quote, refuse } from "../refuse.ts";
import { Collector } from "../xml/collector.ts";
import { child, textAt, type XmlElement } from "../xml/element.ts";
import type { ExpandedName } from "../xml/scopes.ts";
import type { XmlHandler } from "../xml/xml-reader.ts";
import { EntryBuilder } from "./entry-builder.ts";
import type { Outbox } from "./outbox.ts";
import { StatementBuilder } from "./statement-builder.ts";
import { UnknownElements } from "./unknown-elements.ts";

/** Position of the reader, between the elements that are collected. */
type Place = "outside" | "document" | "message" | "statement";

/** Elements whose content is not used: signatures and extensions, and addresses, of which there are many. */
const SKIPPED: ReadonlySet<string> = new Set(["SplmtryData", "PstlAdr"]);

/** Finds the message in its envelope, and the statements in the message. One instance for each file. */
export class MessageHandler implements XmlHandler {
  readonly #sendsEntries: boolean;
  readonly #outbox: Outbox;
  readonly #collector = new Collector();
  /** Local names of the open elements that are not collected. */
  readonly #path: string[] = [];
  /** Number of open elements at and below a skipped one. */
  #skipped = 0;
  #place: Place = "outside";
  #root: string | undefined;
  #version: CamtVersion | undefined;
  /** The current namespace: the Document's, or AppHdr's. */
  #namespace = "";
  #hasMessage = false;
  #isHeaderSent = false;
  #header: Pick<CamtHeader, "messageId" | "created"> = { messageId: undefined, created: undefined };
  #hasBusinessHeader = false;
  #businessMessageId: string | undefined;
  #messagePage: StatementHead["page"];
  #faults: CamtFault[] = [];
  #statements = 0;
  #statement: StatementBuilder | undefined;
  #entry: EntryBuilder | undefined;
  #detailMark = this.#collector.mark();
  readonly #unknown = new UnknownElements();

  constructor(sendsEntries: boolean, outbox: Outbox) {
    this.#sendsEntries = sendsEntries;
    this.#outbox = outbox;
  }

  open(name: ExpandedName, currency: string | undefined): void {
    if (this.#skipped > 0) this.#skipped++;
    else if (this.#collector.isOpen) this.#openWithin(name, currency);
    else this.#openAt(this.#place, name, currency);
  }

  text(text: string): void {
    if (this.#skipped === 0) this.#collector.text(text);
  }

  close(): void {
    if (this.#skipped > 0) this.#skipped--;
    else if (this.#collector.isOpen) this.#closeWithin();
    else this.#closeAt(this.#place);
  }

  /** @throws CamtRefused if there was no message */
  end(): void {
    if (this.#hasMessage) return;
    const what = this.#version === undefined ? `a ${quote(this.#root ?? "")}` : `an empty ${this.#version.version}`;
    refuse("NOT_CAMT", `the file is ${what} without a camt.052, .053 or .054 message in it`);
  }

  #openWithin({ local, uri }: ExpandedName, currency: string | undefined): void {
    const collector = this.#collector;
    if (uri !== this.#namespace || SKIPPED.has(local)) {
      collector.skip();
      this.#skipped = 1;
      return;
    }
    const isDetail = this.#entry !== undefined && local === "TxDtls" && this.#isAtDetails();
    if (isDetail) this.#detailMark = collector.mark();
    if (this.#entry !== undefined && local === "NtryDtls" && collector.depth === 1) this.#entry.beginGroup();
    collector.open(local, currency, isDetail);
  }

  /** Returns true at the place of TxDtls: in NtryDtls, and in .01 in Ntry itself. */
  #isAtDetails(): boolean {
    return this.#collector.isAt("Ntry", "NtryDtls") || this.#collector.isAt("Ntry");
  }

  #closeWithin(): void {
    const collector = this.#collector;
    const element = collector.close();
    if (element === undefined) return;
    if (!collector.isOpen) this.#take(element);
    else if (this.#entry !== undefined && element.name === "TxDtls" && this.#isAtDetails()) {
      this.#unknown.examine(element, "Ntry/NtryDtls/TxDtls");
      this.#entry.detail(element, collector.allText);
      collector.release(this.#detailMark);
    }
  }

  #openAt(place: Place, name: ExpandedName, currency: string | undefined): void {
    const { local, uri } = name;
    this.#root ??= local;
    if (place === "outside") return this.#openOutside(name);
    if (uri !== this.#namespace || SKIPPED.has(local)) return this.#skip();
    if (place === "document") return this.#openMessage(local);
    if (place === "message") return this.#openInMessage(local);
    if (local === "Ntry") this.#openEntry();
    if (local === "Ntry" || local === "Bal" || HEAD_ELEMENTS.has(local)) return this.#collector.open(local, currency);
    this.#unknown.examineName("Stmt", local);
    return this.#skip();
  }

  #skip(): void {
    this.#skipped = 1;
  }

  #openOutside({ local, uri }: ExpandedName): void {
    if (local === "Document") {
      if (this.#version !== undefined) refuse("NOT_CAMT", "the file has more than one Document");
      this.#version = versionOfNamespace(uri);
      this.#namespace = uri;
      this.#enter("document", local);
    } else if (local === "AppHdr" && !this.#hasBusinessHeader) {
      this.#hasBusinessHeader = true;
      this.#namespace = uri;
      this.#collector.open(local, undefined);
    } else this.#path.push(local);
  }

  #openMessage(local: string): void {
    const { kind } = this.#versionOfMessage();
    const expected = MESSAGE_ELEMENT[kind];
    if (local !== expected && local !== `${expected}V01`) {
      refuse("NOT_CAMT", `the Document must contain a ${expected}, got ${quote(local)}`);
    }
    if (this.#hasMessage) refuse("NOT_CAMT", `the Document has more than one ${expected}`);
    this.#hasMessage = true;
    this.#enter("message", local);
  }

  #openInMessage(local: string): void {
    if (local === "GrpHdr") {
      if (this.#isHeaderSent) refuse("NOT_CAMT", "the GrpHdr must occur once, before the statements");
      return this.#collector.open(local, undefined);
    }
    if (local !== STATEMENT_ELEMENT[this.#versionOfMessage().kind]) return this.#skip();
    this.#sendHeader();
    if (this.#statements === CAMT_LIMITS.statements) {
      refuse("LIMIT_EXCEEDED", `the file has more than ${CAMT_LIMITS.statements} statements`);
    }
    const index = this.#statements++;
    this.#enter("statement", `${local}[${index + 1}]`);
    this.#statement = new StatementBuilder({ index, path: `/${this.#path.join("/")}` }, this.#faults);
    this.#faults = [];
  }

  #openEntry(): void {
    const outbox = this.#outbox;
    this.#entry = new EntryBuilder({ ship: this.#sendsEntries ? (details) => outbox.details(details) : undefined });
  }

  #enter(place: Place, step: string): void {
    this.#place = place;
    this.#path.push(step);
  }

  #closeAt(place: Place): void {
    this.#path.pop();
    if (place === "statement") {
      const statement = this.#statement?.finish(this.#messagePage);
      if (statement !== undefined) {
        const unknownElements = this.#unknown.take();
        this.#outbox.emit({ type: "statement", statement: { ...statement, unknownElements } });
      }
      this.#place = "message";
    } else if (place === "message") {
      this.#sendHeader();
      this.#place = "document";
    } else if (place === "document") this.#place = "outside";
  }

  /** Handles a complete item. */
  #take(element: XmlElement): void {
    this.#unknown.examine(element, element.name);
    if (element.name === "Ntry") this.#takeEntry(element);
    else if (element.name === "Bal") this.#statement?.balance(element);
    else if (element.name === "GrpHdr") this.#takeHeader(element);
    else if (element.name === "AppHdr")
      this.#businessMessageId = this.#part(element, () => textAt(element, "BizMsgIdr"));
    else this.#statement?.head(element);
  }

  #takeEntry(element: XmlElement): void {
    const built = this.#entry?.finish(element);
    this.#entry = undefined;
    if (built === undefined || this.#statement === undefined) return;
    const item = this.#statement.entry(built);
    if (this.#sendsEntries) this.#outbox.item(this.#statements - 1, item);
  }

  #takeHeader(element: XmlElement): void {
    this.#header = {
      messageId: this.#part(element, () => textAt(element, "MsgId")),
      created: this.#part(element, () => toDate(child(element, "CreDtTm"))),
    };
    this.#messagePage = this.#part(element, () => toPage(child(element, "MsgPgntn")));
    this.#sendHeader();
  }

  /** Reads a part of a header. An error in it is reported with the statement that follows. */
  #part<T>({ name }: XmlElement, read: () => T): T | undefined {
    const result = catchFault(read, name);
    if ("value" in result) return result.value;
    this.#faults.push(result.fault);
    return undefined;
  }

  /** Emits the header once: with the content of GrpHdr, or without it if a statement comes first. */
  #sendHeader(): void {
    if (this.#isHeaderSent) return;
    this.#isHeaderSent = true;
    const { kind, version } = this.#versionOfMessage();
    const header = { kind, version, ...this.#header, businessMessageId: this.#businessMessageId };
    this.#outbox.emit({ type: "header", header });
  }

  #versionOfMessage(): CamtVersion {
    return this.#version ?? refuse("NOT_CAMT", "the message must be inside a Document");
  }
}
