import type { FaultName } from "../plan/fault.ts";

interface Doctype {
  readonly declaration: string;
  /** The entity that would be expanded. */
  readonly use: string;
}

const laughs = Array.from({ length: 9 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`).join(
  "",
);

/** Document type declarations; a reader must refuse each of them before it has any effect. */
const DOCTYPES: Partial<Record<FaultName, Doctype>> = {
  "doctype-bare": { declaration: "<!DOCTYPE Document>", use: "" },
  "doctype-file": { declaration: '<!DOCTYPE Document [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>', use: "&xxe;" },
  // Port 9 discards: no server is contacted even if a parser tries.
  "doctype-http": { declaration: '<!DOCTYPE Document [<!ENTITY xxe SYSTEM "http://127.0.0.1:9/xxe">]>', use: "&xxe;" },
  "doctype-parameter": {
    declaration: '<!DOCTYPE Document [<!ENTITY % xxe SYSTEM "http://127.0.0.1:9/xxe.dtd"> %xxe;]>',
    use: "",
  },
  "doctype-laughs": { declaration: `<!DOCTYPE Document [<!ENTITY l0 "ha">${laughs}]>`, use: "&l9;" },
};

const DEPTH = 100_000;
const ATTRIBUTES = 1_000_000;

/** The document type declaration of a fault, preceded by a line break; empty if there is none. */
export function declarationOf(fault: FaultName | undefined): string {
  const doctype = fault === undefined ? undefined : DOCTYPES[fault];
  return doctype === undefined ? "" : `\n${doctype.declaration}`;
}

/** Text that a fault adds at the end of the header: empty for most. */
export function hostileText(fault: FaultName | undefined, prefix: string): string {
  const name = `${prefix}AddtlInf`;
  if (fault === "deep-nesting") return `<${name}>`.repeat(DEPTH) + `</${name}>`.repeat(DEPTH);
  if (fault === "many-attributes")
    return `<${name}${Array.from({ length: ATTRIBUTES }, (_, at) => ` a${at}=""`).join("")}/>`;
  const use = fault === undefined ? undefined : DOCTYPES[fault]?.use;
  return use === undefined || use === "" ? "" : `<${name}>${use}</${name}>`;
}
