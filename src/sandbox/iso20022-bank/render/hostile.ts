import type { FaultName } from "./fault.ts";

interface Doctype {
  readonly declaration: string;
  /** The entity that would be expanded. */
  readonly use: string;
}

const laughs = Array.from({ length: 9 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`).join(
  "",
);

/** Document type declarations, of which every one is to be refused before anything of it happens. */
const DOCTYPES: Partial<Record<FaultName, Doctype>> = {
  "doctype-bare": { declaration: "<!DOCTYPE Document>", use: "" },
  "doctype-file": { declaration: '<!DOCTYPE Document [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>', use: "&xxe;" },
  // Port 9 discards: nobody is asked even if a parser should try.
  "doctype-http": { declaration: '<!DOCTYPE Document [<!ENTITY xxe SYSTEM "http://127.0.0.1:9/xxe">]>', use: "&xxe;" },
  "doctype-parameter": {
    declaration: '<!DOCTYPE Document [<!ENTITY % xxe SYSTEM "http://127.0.0.1:9/xxe.dtd"> %xxe;]>',
    use: "",
  },
  "doctype-laughs": { declaration: `<!DOCTYPE Document [<!ENTITY l0 "ha">${laughs}]>`, use: "&l9;" },
};

const DEPTH = 100_000;
const ATTRIBUTES = 1_000_000;

/** The document type declaration of a fault, its line break before it; nothing where it has none. */
export function declarationOf(fault: FaultName | undefined): string {
  const doctype = fault === undefined ? undefined : DOCTYPES[fault];
  return doctype === undefined ? "" : `\n${doctype.declaration}`;
}

/** What a fault puts at the end of the header: nothing for most. */
export function hostileText(fault: FaultName | undefined, prefix: string): string {
  const name = `${prefix}AddtlInf`;
  if (fault === "deep-nesting") return `<${name}>`.repeat(DEPTH) + `</${name}>`.repeat(DEPTH);
  if (fault === "many-attributes")
    return `<${name}${Array.from({ length: ATTRIBUTES }, (_, at) => ` a${at}=""`).join("")}/>`;
  const use = fault === undefined ? undefined : DOCTYPES[fault]?.use;
  return use === undefined || use === "" ? "" : `<${name}>${use}</${name}>`;
}
